using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ProjectionTests
{
    private static readonly long[] Shape = [9, 10, 11];

    [Fact]
    public void Project_Twice_IsTheSameAsOnce()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern();
        using ModulusConstraint constraint = new(pattern, Held(), CPU);

        Tensor once = constraint.Project(TestTensors.RandomComplex(3, Shape)).Projected;
        (Tensor twice, double chi, _) = constraint.Project(once);

        // Float32 transforms there and back.
        Assert.InRange(TestTensors.Difference(twice, once), 0, 1e-6);
        Assert.Equal(0, chi, 1e-6);
    }

    [Fact]
    public void Project_ConstrainedVoxels_HaveTheMeasuredModulusAndTheirPhase()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern();
        Tensor held = Held();
        using ModulusConstraint constraint = new(pattern, held, CPU);
        Tensor iterate = TestTensors.RandomComplex(3, Shape);
        Tensor known = pattern.Mask.logical_or(held).logical_not();

        Tensor before = ForwardModel.Propagate(iterate);
        Tensor after = ForwardModel.Propagate(constraint.Project(iterate).Projected);
        Tensor wanted = before / before.abs() * pattern.Intensity.sqrt();

        Assert.InRange(TestTensors.Difference(after.masked_select(known), wanted.masked_select(known)), 0, 1e-6);
    }

    [Fact]
    public void Project_MaskedAndHeldVoxels_Float()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern();
        Tensor held = Held();
        using ModulusConstraint constraint = new(pattern, held, CPU);
        Tensor iterate = TestTensors.RandomComplex(3, Shape);
        Tensor floating = pattern.Mask.logical_or(held);

        Tensor before = ForwardModel.Propagate(iterate);
        Tensor after = ForwardModel.Propagate(constraint.Project(iterate).Projected);

        Assert.True(floating.sum().item<long>() > 100);
        // Rounding of the transforms is relative to the whole field, twenty times the floating voxels.
        Assert.InRange(TestTensors.Difference(after.masked_select(floating), before.masked_select(floating)), 0, 1e-5);
    }

    [Fact]
    public void Project_AnyIterate_GivesChiOfTheDefinition()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern();
        Tensor held = Held();
        using ModulusConstraint constraint = new(pattern, held, CPU);
        Tensor iterate = TestTensors.RandomComplex(3, Shape);
        Tensor known = pattern.Mask.logical_or(held).logical_not();
        Tensor modulus = ForwardModel.Propagate(iterate).abs().masked_select(known).to(ScalarType.Float64);
        Tensor amplitude = pattern.Intensity.sqrt().masked_select(known).to(ScalarType.Float64);
        double scale = ((modulus * amplitude).sum() / modulus.square().sum()).item<double>();
        double wanted = (((modulus * scale) - amplitude).square().sum() / amplitude.square().sum()).item<double>();

        Assert.Equal(wanted, constraint.Project(iterate).Chi, 1e-6);
    }

    [Fact]
    public void Project_ZeroField_StaysFinite()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern();
        using ModulusConstraint constraint = new(pattern, Held(), CPU);

        (Tensor projected, double chi, _) = constraint.Project(zeros(Shape, ScalarType.ComplexFloat32));

        Assert.Equal(1, chi);
        Assert.Equal(0, TestTensors.Norm(projected));
    }

    [Fact]
    public void Apply_SupportProjection_IsIdempotent()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(4, Shape);
        Tensor support = TestTensors.RandomFlags(5, 0.3, Shape).to(ScalarType.Float32);
        Tensor once = psi.clone();
        SupportUpdate.Apply(once, psi, support, new RegionWeights(1, 0), new RegionWeights(0, 0));
        Tensor twice = once.clone();
        SupportUpdate.Apply(twice, once, support, new RegionWeights(1, 0), new RegionWeights(0, 0));

        Assert.Equal(0, TestTensors.Difference(once, psi * support));
        Assert.Equal(0, TestTensors.Difference(twice, once));
    }

    private static DiffractionPattern Pattern()
    {
        using var scope = NewDisposeScope();
        Tensor mask = TestTensors.RandomFlags(1, 0.15, Shape);
        return new DiffractionPattern((TestTensors.RandomReal(2, Shape) * 1000).masked_fill(mask, 0), mask);
    }

    private static Tensor Held() => TestTensors.RandomFlags(6, 0.05, Shape);
}
