using Fringe.Core.Metrics;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class CanonicalFormTests
{
    // What is left of the band limit by a blur of one voxel; the ball's edge is a little sharper. (Sharp edges ring when they are moved
    // by a fraction of a voxel, and a fractional ramp of what rings does not close at the volume's faces.)
    private const double Tolerance = 0.01;

    [Theory]
    [InlineData("twin")]
    [InlineData("shift")]
    [InlineData("fraction")]
    [InlineData("ramp")]
    [InlineData("phase")]
    [InlineData("all")]
    public void Of_ChangedInput_IsTheSameObject(string change)
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("object") { Size = 24 });
        Check(TestTensors.Blurred(problem.Truth), problem.Support, change);
    }

    [Theory]
    [InlineData("twin")]
    [InlineData("all")]
    public void Of_SymmetricAmplitudeButAsymmetricPhase_IsTheSameObject(string change)
    {
        using var scope = NewDisposeScope();
        Tensor distance = Distance(20);
        // A ball, smooth at its edge; its phase is even and skewed, which the twin negates.
        Tensor amplitude = sigmoid((5 - distance) * 2);
        Tensor phase = exp(-distance.square() / 8) * 2;
        Tensor psi = polar(amplitude, phase);

        Check(psi, amplitude.gt(0.5), change);
    }

    [Fact]
    public void Of_AnyObject_IsCentredFlatAndInPhase()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("object") { Size = 24 });
        Tensor moved = Changed(TestTensors.Blurred(problem.Truth), "all");

        using CanonicalForm canonical = CanonicalForm.Of(moved, problem.Support);

        Tensor weight = canonical.Object.abs().square().to(ScalarType.Float64);
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = 24;
            Tensor index = (arange(24, ScalarType.Float64) - 12).reshape(along);
            Assert.Equal(0, ((weight * index).sum() / weight.sum()).item<double>(), 0.02);
        }

        Assert.All(TrivialTransforms.MeanSlope(canonical.Object), slope => Assert.Equal(0, slope, 1e-3));
        Assert.Equal(0, TrivialTransforms.Angle((canonical.Object * canonical.Object.abs()).sum()), 1e-4);
    }

    [Fact]
    public void Ramp_PutBack_GivesThePatternAgain()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("object") { Size = 24 });
        Tensor ramped = TrivialTransforms.Modulate(TestTensors.Blurred(problem.Truth), [0.8, -0.5, 0.3]);
        using Fringe.Core.Volumes.DiffractionPattern pattern = new(
            Fringe.Core.Diffraction.ForwardModel.Propagate(ramped).abs().square(),
            zeros_like(problem.Support)
        );

        using CanonicalForm canonical = CanonicalForm.Of(ramped, problem.Support);
        Tensor back = TrivialTransforms.Modulate(canonical.Object, [.. canonical.Ramp]);

        Assert.InRange(AmplitudeMisfits.Chi(back, pattern).Chi, 0, 1e-5);
        Assert.True(AmplitudeMisfits.Chi(canonical.Object, pattern).Chi > 0.01);
    }

    private static void Check(Tensor psi, Tensor support, string change)
    {
        using CanonicalForm plain = CanonicalForm.Of(psi, support);
        using CanonicalForm changed = CanonicalForm.Of(
            Changed(psi, change),
            change is "twin" or "all" ? TrivialTransforms.Invert(support) : support
        );

        Assert.InRange(TestTensors.Difference(changed.Object, plain.Object), 0, Tolerance);
        Assert.Equal(change is "twin" or "all", changed.IsTwin != plain.IsTwin);
    }

    private static Tensor Changed(Tensor psi, string change) =>
        change switch
        {
            "twin" => TrivialTransforms.Twin(psi),
            "shift" => psi.roll([3, -2, 1], [0, 1, 2]),
            "fraction" => TrivialTransforms.Translate(psi, [0.4, -1.3, 2.25]),
            "ramp" => TrivialTransforms.Modulate(psi, [0.6, -1.4, 0.2]),
            "phase" => psi * polar(tensor(1f), tensor(-2.5f)),
            _ => TrivialTransforms.Translate(
                TrivialTransforms.Modulate(TrivialTransforms.Twin(psi), [0.6, 1.4, -0.2]),
                [1.6, -0.7, 0.3]
            ) * polar(tensor(1f), tensor(1f)),
        };

    private static Tensor Distance(long size)
    {
        Tensor index = arange(size, ScalarType.Float32) - (size / 2);
        Tensor square = index.square();
        return (square.reshape(-1, 1, 1) + square.reshape(1, -1, 1) + square.reshape(1, 1, -1)).sqrt();
    }
}
