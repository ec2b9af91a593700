using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Instrument;
using Fringe.Learning.Augmentation.Objects;
using static Fringe.Benchmarks.Hard.HardCrystals;

namespace Fringe.Benchmarks.Hard;

/// <summary>The kinds that results are judged by. Nothing is trained on them.</summary>
internal static class HardKinds
{
    private const double Photons = 1e7;

    public static IReadOnlyList<HardKind> All { get; } =
    [
        .. new[] { 1, 3, 6, 10, 15 }.Select(range => new HardKind(
            $"strain-{range}",
            $"smooth strain, phase range {range} rad",
            streams => Smooth(streams, range)
        )),
        new("steep-10", "strain steep in places, phase range 10 rad", streams => Steep(streams, 10)),
        new("dislocation-1", "one dislocation", streams => Dislocated(streams, 1)),
        new("dislocation-2", "two dislocations", streams => Dislocated(streams, 2)),
        new("jump-1", "domains, a jump of 1 rad", streams => WithDomains(streams, 1)),
        new("jump-2", "domains, a jump of 2 rad", streams => WithDomains(streams, 2)),
        new("jump-pi", "domains, a jump of pi", streams => WithDomains(streams, Math.PI)),
        new("rod", "a rod with round ends, 0.7 rad", streams => Round(streams, HardCrystals.Rod)),
        new("sphere", "a sphere, 0.7 rad", streams => Round(streams, Sphere)),
        new("ellipsoid", "an ellipsoid, 0.7 rad", streams => Round(streams, Ellipsoidal)),
        new("torus", "a torus, 0.7 rad", streams => Round(streams, HardCrystals.Torus)),
        new("hollow", "hollow", Hollow),
        new("core-shell", "core and shell", CoreAndShell),
        new("grains", "two grains", TwoGrains),
        .. new[] { (0.5, "0.5"), (1, "1.0"), (1.5, "1.5") }.Select(one =>
            Blurred($"blur-{one.Item2}", $"Gaussian blur of {one.Item2} voxels", Gaussian(one.Item1))
        ),
        Blurred("blur-lorentz", "Lorentzian blur, half width 0.4 voxels", BeamCoherence.Lorentzian(new(0.4, 0.4, 0.4))),
        Blurred(
            "blur-unequal",
            "Gaussian blur of 1.2, 0.4, 0.8 voxels along z, y, x",
            BeamCoherence.Gaussian(new(1.2, 0.4, 0.8))
        ),
        Measured("stray-neighbour", "a neighbour's peak with 5 % of the photons", Beside),
        Measured("stray-slope", "a background that grows from 0 to 1 photon a voxel", Sloped),
        Measured("stray-streak", "a streak of 1 % of the photons", Streaked),
        Measured("stray-hot", "20 hot pixels through all frames", Hot),
        Measured("stop-3", "a beam stop of radius 3, masked", _ => new Exposure { Stop = new BeamStop(3) }),
        .. new[] { (1e6, "1e6"), (1e5, "1e5"), (1e4, "1e4") }.Select(one =>
            Measured($"photons-{one.Item2}", $"{one.Item2} photons", _ => new Exposure { Photons = one.Item1 })
        ),
        new("oversampling-1.5", "oversampling ratio 1.5", streams => Filling(streams, 1.5)),
        new("oversampling-1.2", "oversampling ratio 1.2", streams => Filling(streams, 1.2)),
    ];

    private static HardKind Measured(string name, string words, Func<HardStreams, Exposure> exposure) =>
        new(name, words, Plain) { Exposure = exposure };

    private static HardKind Blurred(string name, string words, BeamCoherence coherence) =>
        Measured(name, words, _ => new Exposure { Coherence = coherence });

    private static BeamCoherence Gaussian(double deviation) =>
        BeamCoherence.Gaussian(new(deviation, deviation, deviation));

    // Of all photons, so that the crystal has 19 times the neighbour's.
    private static Exposure Beside(HardStreams streams)
    {
        Random random = streams.Instrument;
        Vector3D peak = streams.Size * random.Uniform(0.15, 0.3) * random.UnitVector();
        Axes3<int> voxel = new((int)Math.Round(peak.Z), (int)Math.Round(peak.Y), (int)Math.Round(peak.X));
        return new Exposure
        {
            Photons = 0.95 * Photons,
            Stray = [new NeighbourPeak(Other(streams), voxel, 0.05 * Photons)],
        };
    }

    private static Exposure Sloped(HardStreams streams) =>
        new() { Stray = [new SlopedBackground(0.5, streams.Instrument.UnitVector())] };

    private static Exposure Streaked(HardStreams streams)
    {
        Random random = streams.Instrument;
        Vector3D direction = random.UnitVector();
        Vector3D beside = streams.Scale * random.Uniform(3, 10) * direction.Cross(random.UnitVector()).Unit;
        return new() { Stray = [new Streak(beside, direction, 0.7, 0.01 * Photons)] };
    }

    private static Exposure Hot(HardStreams streams) =>
        new() { Stray = [new BrightPixels(streams.Instrument.Next(), 20, 300, 3000)] };
}
