using Fringe.Core.Tensors.Kernels;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

/// <summary>No leak check: a <c>Parameter</c>, which torch's optimisers want, counts itself twice and is disposed once.</summary>
[Collection(TensorTests.Name)]
public sealed class AdamTests
{
    // float32 sums in another order.
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(8, 8, 8)]
    [InlineData(3, 5, 7)]
    public void Adam_Fused_AgreesWithTorchs(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor support = TestTensors.RandomFlags(6, 0.7, depth, height, width).to(ScalarType.Float32);
        Tensor fused = TestTensors.RandomComplex(4, support.shape) * support;
        Tensor plain = fused.clone();
        Tensor toward = TestTensors.RandomComplex(5, support.shape);
        using TorchSharp.Modules.Parameter variable = new(view_as_real(fused).clone(), requires_grad: true);
        using optim.Optimizer torchs = optim.Adam([variable], lr: 0.02, beta1: 0.9, beta2: 0.99);
        using AdamMoments moments = new(fused);
        using AdamMoments others = new(fused);
        for (int step = 1; step <= 5; step++)
        {
            torchs.zero_grad();
            ((variable - view_as_real(toward)).square() * support.unsqueeze(-1)).sum().backward();
            torchs.step();
            moments.Step(fused, toward, support, 0.02, 0.9, 0.99);
            double unbias1 = 1 / (1 - Math.Pow(0.9, step));
            others.StepWithTorch(plain, toward, support, 0.02 * unbias1, 1 / (1 - Math.Pow(0.99, step)), 0.9, 0.99);
        }

        Assert.InRange(TestTensors.Difference(view_as_real(fused), variable.detach()), 0, Tolerance);
        Assert.InRange(TestTensors.Difference(plain, fused), 0, Tolerance);
    }
}
