using Fringe.Core.Phasing;
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
    public void ModulusKernel_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [depth, height, width];
        using DiffractionPattern pattern = new(
            TestTensors.RandomReal(1, shape) * 100,
            TestTensors.RandomFlags(2, 0.2, shape)
        );
        using ModulusConstraint constraint = new(pattern, TestTensors.RandomFlags(3, 0.1, shape), CPU);
        Tensor fused = TestTensors.RandomComplex(4, shape);
        Tensor plain = fused.clone();

        (double cross, double model) = ModulusKernel.ImposeFused(fused, constraint.Amplitude);
        (double wantedCross, double wantedModel) = ModulusKernel.ImposeWithTorch(plain, constraint.Amplitude);

        Assert.InRange(TestTensors.Difference(fused, plain), 0, Tolerance);
        Assert.Equal(1, cross / wantedCross, Tolerance);
        Assert.Equal(1, model / wantedModel, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SupportUpdate_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [depth, height, width];
        Tensor fused = TestTensors.RandomComplex(5, shape);
        Tensor plain = fused.clone();
        Tensor projected = TestTensors.RandomComplex(6, shape);
        Tensor support = TestTensors.RandomFlags(7, 0.4, shape).to(ScalarType.Float32);
        RegionWeights inside = new(Projected: 1.9, Iterate: 0.3);
        RegionWeights outside = new(Projected: -0.8, Iterate: 0.9);

        SupportUpdate.ApplyFused(fused, projected, support, inside, outside);
        SupportUpdate.ApplyWithTorch(plain, projected, support, inside, outside);

        Assert.InRange(TestTensors.Difference(fused, plain), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GaussianBlur_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        foreach (double sigma in new[] { 0.5, 1.3, 3.0 })
        {
            Tensor fused = TestTensors.RandomReal(8, depth, height, width);
            Tensor plain = fused.clone();

            GaussianBlur.ApplyFused(fused, GaussianBlur.Weights(sigma));
            GaussianBlur.ApplyWithTorch(plain, GaussianBlur.Weights(sigma));

            Assert.InRange(TestTensors.Difference(fused, plain), 0, Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BatchPasses_Fused_AgreeWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [2, depth, height, width];
        Tensor amplitude = TestTensors.RandomReal(9, shape).masked_fill(TestTensors.RandomFlags(10, 0.2, shape), -1);
        Tensor fused = TestTensors.RandomComplex(11, shape);
        // Where there is no field there is no phase: it stays 0.
        fused.narrow(3, 0, 1).zero_();
        Tensor plain = fused.clone();

        BatchPasses.ImposeFused(fused, amplitude);
        BatchPasses.ImposeWithTorch(plain, amplitude);

        Assert.InRange(TestTensors.Difference(fused, plain), 0, Tolerance);
        Tensor known = amplitude.ge(0).logical_and(fused.abs().gt(0));
        Assert.InRange((fused.abs() - amplitude).masked_select(known).abs().max().item<float>(), 0, Tolerance);

        Tensor projected = TestTensors.RandomComplex(12, shape);
        Tensor inside = TestTensors.RandomFlags(13, 0.4, shape).to(ScalarType.Float32);
        BatchPasses.FeedBackFused(fused, projected, inside, 0.9f);
        BatchPasses.FeedBackWithTorch(plain, projected, inside, 0.9);

        Assert.InRange(TestTensors.Difference(fused, plain), 0, Tolerance);
    }

    // Each volume of the batch by itself, and with zeros beyond its faces.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void AverageNeighbours_Batch_IsTheMeanOfEach(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor volumes = TestTensors.RandomReal(14, 2, depth, height, width);
        Tensor cube = ones([1, 1, 3, 3, 3]) / 27;
        Tensor expected = nn.functional.conv3d(volumes.unsqueeze(1), cube, padding: [1, 1, 1]).squeeze(1);

        BatchPasses.AverageNeighbours(volumes);

        Assert.InRange(TestTensors.Difference(volumes, expected), 0, Tolerance);
    }

    // Not to be read beyond their ends.
    [Fact]
    public void BatchPasses_OtherShapesOrTypes_AreRefused()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(15, 2, 4, 4, 4);
        Tensor one = ones(1, 4, 4, 4);

        Assert.Throws<ArgumentException>(() => BatchPasses.Impose(psi, one));
        Assert.Throws<ArgumentException>(() => BatchPasses.Impose(psi, ones(2, 4, 4, 4, ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => BatchPasses.FeedBack(psi, psi, one, 0.9));
        Assert.Throws<ArgumentException>(() => BatchPasses.FeedBack(psi, psi.narrow(0, 0, 1), ones(2, 4, 4, 4), 0.9));
    }

    // A view that is no block of memory goes the other way.
    [Fact]
    public void BatchPasses_StridedView_IsAsACopy()
    {
        using var scope = NewDisposeScope();
        Tensor wide = TestTensors.RandomComplex(16, 2, 4, 4, 8);
        Tensor amplitude = TestTensors.RandomReal(17, 2, 4, 4, 4);
        Tensor copy = wide.narrow(3, 2, 4).contiguous().clone();

        BatchPasses.Impose(wide.narrow(3, 2, 4), amplitude);
        BatchPasses.Impose(copy, amplitude);

        Assert.InRange(TestTensors.Difference(wide.narrow(3, 2, 4), copy), 0, Tolerance);
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
