using Fringe.Core.Metrics;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

/// <summary>A mixture of an object and its twin is found for what it is, wherever the twin lies.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class TwinShareTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Of_Mixture_IsTheTwinsPart(double part)
    {
        using var scope = NewDisposeScope();
        Tensor truth = Truth();
        // The twin with a phase of its own, moved by whole voxels; then all of it moved, turned in phase and scaled.
        Tensor twin = TrivialTransforms.Twin(truth).roll([1, -2, 1], [0, 1, 2]) * TrivialTransforms.UnitPhase(0.8);
        Tensor mixed = truth + (part * twin);
        Tensor moved = TrivialTransforms.Translate(mixed, [1, 2, -1]) * TrivialTransforms.UnitPhase(-2) * 3;

        Assert.Equal(part, TwinShare.Of(moved, truth), 0.01);
    }

    [Fact]
    public void Of_TwinItself_IsNoMixture()
    {
        using var scope = NewDisposeScope();
        Tensor truth = Truth();

        Assert.InRange(TwinShare.Of(TrivialTransforms.Twin(truth), truth), 0, 0.01);
    }

    // More twin than truth is truth and less twin, seen as the twin.
    [Fact]
    public void Of_MoreTwinThanTruth_IsTheLesserPart()
    {
        using var scope = NewDisposeScope();
        Tensor truth = Truth();

        Assert.Equal(0.4, TwinShare.Of((0.4 * truth) + TrivialTransforms.Twin(truth), truth), 0.01);
    }

    [Fact]
    public void Of_OtherErrors_AreNotTaken()
    {
        using var scope = NewDisposeScope();
        Tensor truth = Truth();
        Tensor noise = TestTensors.RandomComplex(3, 24, 24, 24);
        // A tenth of the truth's power, anywhere in the volume.
        Tensor noisy = truth + (noise * (truth.abs().square().sum() / noise.abs().square().sum() / 10).sqrt());

        Assert.InRange(RealSpaceError.Of(noisy, truth), 0.05, 0.15);
        Assert.InRange(TwinShare.Of(noisy, truth), 0, 0.05);
    }

    [Fact]
    public void Of_TruthThatIsItsOwnTwin_IsUnknownOrNone()
    {
        using var scope = NewDisposeScope();
        Tensor index = arange(24, ScalarType.Float32) - 12;
        Tensor line = exp(index.square() / -18);
        Tensor even = (line.reshape(24, 1, 1) * line.reshape(1, 24, 1) * line.reshape(1, 1, 24)).to(
            ScalarType.ComplexFloat32
        );

        // Where it lies upon itself nothing can be told; elsewhere there is nothing.
        double share = TwinShare.Of(even, even);
        Assert.True(double.IsNaN(share) || share < 0.01, $"{share}");
    }

    private static Tensor Truth()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("object") { Size = 24, StrainRadians = 2 });
        return TestTensors.Blurred(problem.Truth);
    }
}
