using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

/// <summary>The vectorised kernels against the same in torch calls; odd shapes leave a tail that no vector fills.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class FusedKernelTests
{
    // Both sum and round in float32, in another order.
    private const double Tolerance = 1e-5;

    public static TheoryData<int, int, int> Shapes =>
        new()
        {
            { 8, 8, 8 },
            { 3, 5, 7 },
            { 5, 9, 11 },
            { 1, 1, 3 },
            { 17, 19, 23 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ModulusConstraint_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [depth, height, width];
        using DiffractionPattern pattern = new(Tensors.RandomReal(1, shape) * 100, Tensors.RandomFlags(2, 0.2, shape));
        using ModulusConstraint constraint = new(pattern, Tensors.RandomFlags(3, 0.1, shape), CPU);
        Tensor fused = Tensors.RandomComplex(4, shape);
        Tensor plain = fused.clone();

        (double cross, double model) = ModulusConstraint.ImposeFused(fused, constraint.Amplitude);
        (double wantedCross, double wantedModel) = ModulusConstraint.ImposeWithTorch(plain, constraint.Amplitude);

        Assert.InRange(Tensors.Difference(fused, plain), 0, Tolerance);
        Assert.Equal(1, cross / wantedCross, Tolerance);
        Assert.Equal(1, model / wantedModel, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SupportUpdate_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [depth, height, width];
        Tensor fused = Tensors.RandomComplex(5, shape);
        Tensor plain = fused.clone();
        Tensor projected = Tensors.RandomComplex(6, shape);
        Tensor support = Tensors.RandomFlags(7, 0.4, shape).to(ScalarType.Float32);
        RegionWeights inside = new(Projected: 1.9, Iterate: 0.3);
        RegionWeights outside = new(Projected: -0.8, Iterate: 0.9);

        SupportUpdate.ApplyFused(fused, projected, support, inside, outside);
        SupportUpdate.ApplyWithTorch(plain, projected, support, inside, outside);

        Assert.InRange(Tensors.Difference(fused, plain), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GaussianBlur_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        foreach (double sigma in new[] { 0.5, 1.3, 3.0 })
        {
            Tensor fused = Tensors.RandomReal(8, depth, height, width);
            Tensor plain = fused.clone();

            GaussianBlur.ApplyFused(fused, GaussianBlur.Weights(sigma));
            GaussianBlur.ApplyWithTorch(plain, GaussianBlur.Weights(sigma));

            Assert.InRange(Tensors.Difference(fused, plain), 0, Tolerance);
        }
    }

    [Fact]
    public void GaussianBlur_OfAPoint_IsTheGaussian()
    {
        using var scope = NewDisposeScope();
        Tensor volume = zeros(21, 23, 25);
        volume[10, 11, 12] = 1;

        GaussianBlur.Apply(volume, 1.5);

        // exp(-r^2 / 2 sigma^2) relative to the centre; the cut at 3 sigma only changes the sum.
        float centre = volume[10, 11, 12].item<float>();
        Assert.Equal(Math.Exp(-(1 + 4 + 9) / (2 * 2.25)), volume[11, 13, 9].item<float>() / centre, 1e-5);
        Assert.Equal(1, volume.sum().item<float>(), 1e-5);
    }
}
