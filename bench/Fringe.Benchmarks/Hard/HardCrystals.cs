using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Benchmarks.Hard;

/// <summary>The crystals of hard kinds. Lengths are for a cube of 64 voxels and grow with it.</summary>
internal static class HardCrystals
{
    // Of the phase where the strain is not what is hard.
    private const double Mild = 2;

    // A round shape is its own inverse: the less strain it has, the less its twin differs, and the likelier the two are found together.
    private const double Weak = 0.7;
    private const double Diameter = 23;

    // No crystal reaches farther from the middle.
    private const double Reach = 32;

    /// <summary>A convex crystal with facets, 20 to 26 voxels wide.</summary>
    public static Polyhedron Convex(HardStreams streams)
    {
        Random random = streams.Shape;
        Axes3<double> extent = new Axes3<int>(0, 1, 2).Select(_ => streams.Scale * random.Uniform(20, 26));
        return Polyhedron.Draw(random, extent);
    }

    /// <summary>A smooth phase of a given range.</summary>
    public static ModelCrystal Smooth(HardStreams streams, double range) =>
        Strained(streams, Convex(streams), range, []);

    /// <summary>A crystal as the kinds have it in which only the measurement is hard.</summary>
    public static ModelCrystal Plain(HardStreams streams) => Smooth(streams, Mild);

    /// <summary>Another one, for a neighbour's peak.</summary>
    public static ModelCrystal Other(HardStreams streams)
    {
        Random random = streams.Neighbour;
        Axes3<double> extent = new Axes3<int>(0, 1, 2).Select(_ => streams.Scale * random.Uniform(12, 26));
        Polyhedron shape = Polyhedron.Draw(random, extent);
        SmoothPhase field = SmoothPhase.Draw(random, streams.Scale * Diameter);
        return new ModelCrystal(shape, [StretchedPhase.To(field, shape, streams.Scale * Reach, Mild)]);
    }

    /// <summary>A phase that is steep in places.</summary>
    public static ModelCrystal Steep(HardStreams streams, double range)
    {
        Polyhedron shape = Convex(streams);
        SteepPhase field = SteepPhase.Draw(streams.Phase, shape, streams.Scale * Diameter);
        return new ModelCrystal(shape, [StretchedPhase.To(field, shape, streams.Scale * Reach, range)]);
    }

    /// <summary>Straight dislocations of either sign, through the inner half.</summary>
    public static ModelCrystal Dislocated(HardStreams streams, int count)
    {
        Random random = streams.Defect;
        Vector3D line = random.UnitVector();
        Vector3D across = line.Cross(random.UnitVector()).Unit;
        // Two lie on either side of the middle, nearly parallel.
        double from = streams.Scale * random.Uniform(count == 1 ? 0 : 4, 6);
        PhaseField[] lines =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Dislocation(
                    (i == 0 ? from : -from) * across,
                    (line + (0.15 * random.UnitVector())).Unit,
                    random.Next(2) == 0 ? 1 : -1,
                    random.Uniform(0, 0.25)
                )),
        ];
        return Strained(streams, Convex(streams), Mild, lines);
    }

    /// <summary>One or two domains that are ahead of the rest by a jump of the phase.</summary>
    public static ModelCrystal WithDomains(HardStreams streams, double jump)
    {
        Random random = streams.Defect;
        Vector3D normal = random.UnitVector();
        List<PhaseField> domains = [Domain(normal, random.Uniform(-3, 3))];
        if (random.Next(2) == 0)
        {
            // Beyond the first wall, so that three domains lie side by side.
            Vector3D other = (normal + (0.3 * random.UnitVector())).Unit;
            domains.Add(Domain(-1 * other, random.Uniform(-8, -6)));
        }

        return Strained(streams, Convex(streams), Mild, domains);

        GrainPhase Domain(Vector3D along, double distance) =>
            new(new HalfSpace(along, streams.Scale * distance), jump, new Vector3D(0, 0, 0));
    }

    /// <summary>A shape that is its own inverse, weakly strained.</summary>
    public static ModelCrystal Round(HardStreams streams, Func<Random, double, CrystalShape> draw) =>
        Strained(streams, draw(streams.Shape, streams.Scale), Weak, []);

    /// <summary>A cavity of about a third of the crystal's width, off its middle.</summary>
    public static ModelCrystal Hollow(HardStreams streams)
    {
        Random random = streams.Defect;
        return Strained(streams, new HollowShape(Convex(streams), Inner(random, streams.Scale)), Mild, []);
    }

    /// <summary>A core of another density whose lattice is ahead by a jump of the phase.</summary>
    public static ModelCrystal CoreAndShell(HardStreams streams)
    {
        Random random = streams.Defect;
        CrystalShape core = Inner(random, 1.5 * streams.Scale);
        GrainPhase ahead = new(core, random.Uniform(0.8, 2), new Vector3D(0, 0, 0));
        return Strained(streams, Convex(streams), Mild, [ahead], (core, random.Uniform(0.5, 0.7)));
    }

    /// <summary>Two grains, their peaks 1 to 2.5 voxels apart.</summary>
    public static ModelCrystal TwoGrains(HardStreams streams)
    {
        Random random = streams.Defect;
        HalfSpace grain = new(random.UnitVector(), streams.Scale * random.Uniform(-2, 2));
        double apart = random.Uniform(1, 2.5) * 2 * Math.PI / streams.Size;
        GrainPhase tilted = new(grain, random.Uniform(-Math.PI, Math.PI), apart * random.UnitVector());
        return Strained(streams, Convex(streams), Mild, [tilted]);
    }

    /// <summary>A crystal that fills a given share of the detector's field of view along every axis.</summary>
    public static ModelCrystal Filling(HardStreams streams, double oversampling)
    {
        double extent = streams.Size / oversampling;
        Polyhedron shape = Polyhedron.Draw(streams.Shape, new Axes3<double>(extent, extent, extent));
        SmoothPhase field = SmoothPhase.Draw(streams.Phase, extent);
        return new ModelCrystal(shape, [StretchedPhase.To(field, shape, extent, Mild)]);
    }

    public static CrystalShape Sphere(Random random, double scale) => Ellipsoid.Sphere(scale * random.Uniform(10, 13));

    public static CrystalShape Ellipsoidal(Random random, double scale)
    {
        Vector3D semiAxes = new(random.Uniform(7, 9), random.Uniform(9.5, 11.5), random.Uniform(12, 15));
        return new Ellipsoid(scale * semiAxes, random.Turn());
    }

    public static CrystalShape Rod(Random random, double scale) =>
        new Rod(random.UnitVector(), scale * random.Uniform(28, 36), scale * random.Uniform(5, 7));

    public static CrystalShape Torus(Random random, double scale) =>
        new Torus(random.UnitVector(), scale * random.Uniform(8.5, 10.5), scale * random.Uniform(3.5, 5));

    private static MovedShape Inner(Random random, double scale)
    {
        Vector3D semiAxes = scale * new Vector3D(random.Uniform(3, 5), random.Uniform(3, 5), random.Uniform(3, 5));
        Ellipsoid about = new(semiAxes, random.Turn());
        return new MovedShape(about, scale * random.Uniform(1, 3) * random.UnitVector());
    }

    private static ModelCrystal Strained(
        HardStreams streams,
        CrystalShape shape,
        double range,
        IReadOnlyList<PhaseField> defects,
        (CrystalShape? Part, double Density) core = default
    )
    {
        SmoothPhase field = SmoothPhase.Draw(streams.Phase, streams.Scale * Diameter);
        PhaseField stretched = StretchedPhase.To(field, shape, streams.Scale * Reach, range);
        return new ModelCrystal(shape, [stretched, .. defects]) { Core = core.Part, CoreDensity = core.Density };
    }
}
