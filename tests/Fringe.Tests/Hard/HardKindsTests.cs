using Fringe.Benchmarks.Hard;
using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Learning.Augmentation.Instrument;
using static TorchSharp.torch;

namespace Fringe.Tests.Hard;

/// <summary>The kinds that results are judged by are what their names say.</summary>
public sealed class HardKindsTests
{
    // Everything grows with the detector; what is asked of it here does not.
    private const int Small = 32;

    public static TheoryData<string> Names => [.. HardKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Make_EveryKind_CountsItsPhotonsOfItsTruth(string name)
    {
        using var scope = NewDisposeScope();
        HardKind kind = Kind(name);
        using HardMeasurement measured = HardMeasurement.Make(kind, 2, Small);
        Exposure exposure = kind.Exposure(new HardStreams(2, Small));

        double wanted = exposure.Photons + exposure.Stray.Sum(stray => stray.Expect(Small).sum().item<double>());
        Tensor seen = ForwardModel.Propagate(measured.Truth).abs().square();
        double hidden = seen.masked_select(measured.Mask).sum().item<float>();

        Assert.Equal(exposure.Photons, seen.sum(ScalarType.Float64).item<double>(), 1e-5 * exposure.Photons);
        Assert.Equal(wanted - hidden, measured.Counts.sum(ScalarType.Float64).item<double>(), 5 * Math.Sqrt(wanted));
        // The truth explains what was counted as far as its kind lets it: here down to noise, but for what blurs or is beside.
        if (exposure.Coherence is null && exposure.Stray.Count == 0)
        {
            Tensor open = measured.Mask.logical_not().logical_and(seen.ge(1));
            Tensor misfit = ((measured.Counts - seen).square() / seen).masked_select(open);
            Assert.Equal(1, misfit.mean().item<float>(), 5 * Math.Sqrt(3.0 / misfit.numel()));
        }
    }

    [Theory]
    [InlineData("strain-15")]
    [InlineData("stray-hot")]
    [InlineData("stray-neighbour")]
    public void Make_SameSeed_GivesTheSameCountsAndOthersOthers(string name)
    {
        using var scope = NewDisposeScope();
        using HardMeasurement one = HardMeasurement.Make(Kind(name), 1, Small);
        using HardMeasurement same = HardMeasurement.Make(Kind(name), 1, Small);
        using HardMeasurement other = HardMeasurement.Make(Kind(name), 2, Small);

        Assert.True(one.Counts.Equals(same.Counts));
        Assert.True(one.Truth.Equals(same.Truth));
        Assert.False(one.Counts.Equals(other.Counts));
        Assert.InRange(RealSpaceError.Of(one.Truth, other.Truth), 0.05, 1);
    }

    // Kinds in which only the measurement is hard show one crystal.
    [Fact]
    public void Make_SameSeedOfSeveralKinds_ShowsTheSameCrystal()
    {
        using var scope = NewDisposeScope();
        using HardMeasurement blurred = HardMeasurement.Make(Kind("blur-1.0"), 3, Small);
        using HardMeasurement few = HardMeasurement.Make(Kind("photons-1e5"), 3, Small);

        Assert.InRange(RealSpaceError.Of(blurred.Truth, few.Truth), -1e-6, 1e-6);
    }

    [Theory]
    [InlineData("oversampling-1.5", 1.5)]
    [InlineData("oversampling-1.2", 1.2)]
    public void Make_Oversampling_IsTheTruthsToFivePercent(string name, double ratio)
    {
        using var scope = NewDisposeScope();
        for (int seed = 1; seed <= 3; seed++)
        {
            using HardMeasurement measured = HardMeasurement.Make(Kind(name), seed, 64);
            Tensor amplitude = measured.Truth.abs();
            Tensor crystal = amplitude.gt(0.5 * amplitude.masked_select(amplitude.gt(amplitude.max() * 0.3)).median());
            VoxelExtent extent = VoxelExtent.OfSections(crystal.ToBooleans(), [64, 64, 64]);

            Assert.All(Enumerable.Range(0, 3), axis => Assert.Equal(ratio, 64.0 / extent.Length(axis), 0.05 * ratio));
        }
    }

    [Fact]
    public void Exposure_Neighbour_HasFivePercentOfThePhotons()
    {
        using var scope = NewDisposeScope();
        for (int seed = 1; seed <= 4; seed++)
        {
            Exposure exposure = Kind("stray-neighbour").Exposure(new HardStreams(seed, Small));
            Tensor neighbour = exposure.Stray.Single().Expect(Small);
            double photons = neighbour.sum().item<double>();

            Assert.Equal(0.05, photons / (photons + exposure.Photons), 1e-6);
            // Its peak is on the detector and not on the crystal's.
            long at = neighbour.argmax().item<long>();
            Vector3D place = new((at % Small) - 16, (at / Small % Small) - 16, (at / Small / Small) - 16);
            Assert.InRange(place.Length, 0.12 * Small, 0.33 * Small);
        }
    }

    // A crystal that moves on the detector, or of which preparation keeps less, is compared where it lies.
    [Fact]
    public void OnDetector_TruthOnAnyPreparedGrid_IsTheTruth()
    {
        using var scope = NewDisposeScope();
        using HardMeasurement measured = HardMeasurement.Make(Kind("strain-6"), 1, Small);
        (Axes3<int>, Shape3)[] grids =
        [
            (new(16, 16, 16), new(32, 32, 32)),
            (new(18, 15, 16), new(32, 36, 40)),
            (new(16, 17, 15), new(28, 24, 30)),
        ];
        double[] most = [1e-6, 0.02, 0.1];
        foreach (((Axes3<int>, Shape3) grid, double error) in grids.Zip(most))
        {
            Tensor there = measured.TruthOn(grid);
            Tensor back = measured.OnDetector(there, grid);

            // What the grid does not show is missing, and nothing else.
            Assert.InRange(RealSpaceError.Of(back, measured.Truth), -1e-6, error);
            Assert.InRange(RealSpaceError.Of(measured.TruthOn(grid), there), -1e-6, 1e-6);
        }
    }

    [Fact]
    public void Names_All_AreWordsOfTheirOwn()
    {
        Assert.Equal(HardKinds.All.Count, HardKinds.All.Select(kind => kind.Name).Distinct().Count());
        Assert.All(HardKinds.All, kind => Assert.Matches("^[a-z]+(-[a-z0-9.]+)?$", kind.Name));
    }

    private static HardKind Kind(string name) => HardKinds.All.Single(kind => kind.Name == name);
}
