using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PrtfTests
{
    private static readonly long[] Shape = [24, 24, 24];

    [Fact]
    public void Of_IdenticalStarts_IsOne()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);
        using DiffractionPattern pattern = Pattern(ForwardModel.Propagate(psi));

        ShellCurve prtf = Prtf.Of(psi, 1, pattern);

        Assert.All(prtf.Value, value => Assert.Equal(1, value, 1e-5));
        Assert.Null(prtf.Resolution(0.5));
    }

    [Fact]
    public void Of_RandomPhases_IsOneOverTheRootOfTheStarts()
    {
        using var scope = NewDisposeScope();
        const int Starts = 16;
        Tensor modulus = TestTensors.RandomReal(1, Shape) + 0.5;
        Tensor sum = zeros(Shape, ScalarType.ComplexFloat32);
        for (int start = 0; start < Starts; start++)
        {
            Tensor field = polar(modulus, TestTensors.RandomReal(10 + start, Shape) * (2 * Math.PI));
            sum.add_(ForwardModel.PropagateBack(field));
        }

        using DiffractionPattern pattern = Pattern(modulus);

        ShellCurve prtf = Prtf.Of(sum / Starts, 1, pattern);

        // The root mean square length of a random walk of 16 steps is 4 steps: 1/4 a start. The tolerance is three standard errors
        // of a shell of about 500 voxels, 3 * 0.25 / (2 sqrt(500)).
        Assert.All(prtf.Value.Skip(5), value => Assert.Equal(0.25, value, 0.017));
    }

    [Fact]
    public void Resolution_KnownCrossing_IsFoundBetweenTheShells()
    {
        ShellCurve prtf = new([0.05, 0.15, 0.25, 0.35], [1, 0.9, 0.4, 0.1]);

        // 0.5 lies four fifths of the way from 0.9 to 0.4: at 0.23 cycles a voxel.
        Assert.Equal(1 / 0.23, prtf.Resolution(0.5)!.Value, 1e-9);
        Assert.Null(prtf.Resolution(0.05));
        Assert.Equal(1 / 0.05, new ShellCurve([0.05, 0.15], [0.2, 0.1]).Resolution(0.5)!.Value, 1e-9);
    }

    [Fact]
    public void Of_PhasesKnownUpToAFrequency_HasThatResolution()
    {
        using var scope = NewDisposeScope();
        Tensor field = TestTensors.RandomComplex(1, Shape);
        Tensor index = (arange(24, ScalarType.Float32) - 12) / 24;
        Tensor square = index.square();
        Tensor frequency = (square.reshape(-1, 1, 1) + square.reshape(1, -1, 1) + square.reshape(1, 1, -1)).sqrt();
        using DiffractionPattern pattern = Pattern(field);

        ShellCurve prtf = Prtf.Of(ForwardModel.PropagateBack(field * frequency.lt(0.25)), 1, pattern);

        // Shells are 1/24 wide.
        Assert.InRange(1 / prtf.Resolution(1 / Math.E)!.Value, 0.25 - (1 / 24.0), 0.25 + (1 / 24.0));
    }

    private static DiffractionPattern Pattern(Tensor field) => new(field.abs().square(), zeros(Shape, ScalarType.Bool));
}
