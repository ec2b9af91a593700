using Fringe.Core.Diffraction;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Learning.Augmentation.Instrument;
using Fringe.Learning.Augmentation.Objects;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation.Instrument;

/// <summary>Counts are those of the true object's far field, and of what was asked for beside it.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ExposureTests
{
    private const int Size = 32;

    [Fact]
    public void Count_Photons_AreThoseOfTheTruthWithPoissonNoise()
    {
        using var scope = NewDisposeScope();
        using FarField field = Field();
        Exposure exposure = new() { Photons = 1e6 };

        Tensor truth = exposure.TruthOf(field);
        using DiffractionPattern counted = exposure.Count(field, 3);

        Tensor expected = ForwardModel.Propagate(truth).abs().square();
        Assert.Equal(1e6, expected.sum().item<double>(), 1e-3);
        Assert.Equal(1e6, counted.Intensity.sum().item<float>(), 5 * Math.Sqrt(1e6));
        Assert.True(counted.Intensity.eq(counted.Intensity.round()).all().item<bool>());
        // Squares of the differences over what is expected: 1 each on average, with a variance of 2 plus 1 over what is expected.
        Tensor bright = expected.ge(1);
        Tensor misfit = ((counted.Intensity - expected).square() / expected).masked_select(bright);
        Assert.Equal(1, misfit.mean().item<double>(), 5 * Math.Sqrt(3.0 / misfit.numel()));
    }

    [Fact]
    public void Count_SameSeed_GivesTheSameCounts()
    {
        using var scope = NewDisposeScope();
        using FarField field = Field();
        using DiffractionPattern one = new Exposure().Count(field, 3);
        using DiffractionPattern same = new Exposure().Count(field, 3);
        using DiffractionPattern other = new Exposure().Count(field, 4);

        Assert.True(one.Intensity.Equals(same.Intensity));
        Assert.False(one.Intensity.Equals(other.Intensity));
    }

    [Fact]
    public void Expect_EveryFault_IsInIt()
    {
        using var scope = NewDisposeScope();
        using FarField field = Field();
        StraySignal[] stray = [new SlopedBackground(0.5, new(1, 0, 0)), new BrightPixels(1, 20, 100, 200)];
        Exposure exposure = new()
        {
            Photons = 1e6,
            Coherence = BeamCoherence.Gaussian(new(1, 1, 1)),
            Stray = stray,
        };

        Tensor beside = exposure.Expect(field) - stray[0].Expect(Size) - stray[1].Expect(Size);

        Assert.Equal(1e6, beside.sum().item<double>(), 1e-3);
        Tensor sharp = new Exposure { Photons = 1e6 }.Expect(field);
        // What blurs moves photons from the peak to its sides.
        Assert.InRange((beside.max() / sharp.max()).item<double>(), 0.3, 0.9);
        Assert.InRange(((beside - sharp).abs().sum() / 1e6).item<double>(), 0.1, 2);
    }

    [Fact]
    public void Count_BeamStop_HidesAndMasks()
    {
        using var scope = NewDisposeScope();
        using FarField field = Field();
        using DiffractionPattern counted = new Exposure { Stop = new BeamStop(2) }.Count(field, 3);

        Assert.Equal(13 * Size, counted.Mask.sum().item<long>());
        Assert.Equal(0, counted.Intensity.masked_select(counted.Mask).abs().max().item<float>());
        Assert.True(counted.Intensity.max().item<float>() > 100);
    }

    private static FarField Field()
    {
        Polyhedron shape = Polyhedron.Draw(new Random(2), new Axes3<double>(10, 11, 12));
        return FarField.Of(new ModelCrystal(shape, [SmoothPhase.Draw(new Random(3), 12)]), Size);
    }
}
