using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class FourierShellCorrelationTests
{
    private static readonly long[] Shape = [24, 28, 24];

    [Fact]
    public void Of_TheSameObject_IsOne()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);

        ShellCurve curve = FourierShellCorrelation.Of(psi, [psi, psi * 2]);

        Assert.Equal(14, curve.Value.Count);
        Assert.All(curve.Value, value => Assert.Equal(1, value, 0.06));
        Assert.All(FourierShellCorrelation.Of(psi, [psi]).Value, value => Assert.Equal(1, value, 1e-6));
        Assert.Null(curve.Resolution(FourierShellCorrelation.Level));
    }

    // Noise of the same power in every shell: 1 / sqrt(1 + 1).
    [Fact]
    public void Of_ObjectWithAsMuchNoise_IsOneOverTheRootOfTwo()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);
        Tensor[] noisy = [.. Enumerable.Range(2, 8).Select(seed => psi + TestTensors.RandomComplex(seed, Shape))];

        ShellCurve curve = FourierShellCorrelation.Of(psi, noisy);

        // Hundreds of voxels a shell, eight times over.
        Assert.All(curve.Value.Skip(4), value => Assert.Equal(Math.Sqrt(0.5), value, 0.03));
    }

    [Fact]
    public void Of_ObjectWithoutItsHighFrequencies_FallsWhereTheyAreMissing()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, 24, 24, 24);
        Tensor field = ForwardModel.Propagate(psi);
        Tensor index = TensorArithmetic.Indices(24, ScalarType.Float32).Minus(12).Over(24).Squared();
        Tensor far = (index.reshape(24, 1, 1) + index.reshape(1, 24, 1) + index.reshape(1, 1, 24)).sqrt().gt(0.3);
        Tensor noise = TestTensors.RandomComplex(5, 24, 24, 24) * 30;
        Tensor cut = ForwardModel.PropagateBack(field * far.logical_not() + noise * far);

        double found = FourierShellCorrelation.Of(psi, [cut]).Resolution(FourierShellCorrelation.Level)!.Value;

        Assert.InRange(1 / found, 0.27, 0.34);
    }
}
