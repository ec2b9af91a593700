using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Simulation.Scans;

/// <summary>A rocking curve of a crystal whose every displacement is known, as a detector with faults counts it.</summary>
public sealed record SimulatedScan
{
    // The object's grid is this much longer than the crystal, so that its far field is smooth.
    private const double Room = 2.2;
    private const float HotCounts = 1e5f;

    // Of the second detector circle over the first.
    private const double Sideways = 0.35;

    public required FacetedCrystal Crystal { get; init; }

    public required BraggGeometry Geometry { get; init; }

    /// <summary>The same seen from the middle voxel, where the reflection stands.</summary>
    public required BraggPeak Peak { get; init; }

    /// <summary>float32 <c>[frame, row, column]</c>: whole counts.</summary>
    public required RealVolume Counts { get; init; }

    /// <summary>float32 <c>[1, row, column]</c>: 1 in pixels that count wrongly.</summary>
    public required RealVolume Mask { get; init; }

    /// <summary>float32 <c>[1, row, column]</c>: efficiencies of the pixels.</summary>
    public required RealVolume Flat { get; init; }

    /// <summary>The object on cubic voxels, centred, laboratory frame.</summary>
    public required ComplexVolume Truth { get; init; }

    /// <summary>Edge of those voxels.</summary>
    public required double VoxelNanometres { get; init; }

    /// <summary>How far the crystal reaches along x, y, z of the laboratory frame.</summary>
    public required IReadOnlyList<double> ExtentsNanometres { get; init; }

    /// <summary>The smallest and the largest strain in the crystal.</summary>
    public required (double Least, double Most) Strains { get; init; }

    /// <summary>Chooses angles that reach the reflection, a step and a distance that sample the crystal as finely as wanted, and counts.</summary>
    /// <param name="diffractometer">Of the beamline.</param>
    /// <param name="pixelMetres">Edge of a pixel.</param>
    /// <param name="options">What is measured, and with which faults.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The options cannot be used, or the reflection is out of reach.</exception>
    public static SimulatedScan Of(
        Diffractometer diffractometer,
        double pixelMetres,
        ScanOptions options,
        CancellationToken cancellation
    )
    {
        OptionProblem.RequireNone(options.Validate());
        BraggGeometry geometry = Reach(diffractometer, pixelMetres, options);
        BraggPeak peak = geometry.At(Middle(options));
        FacetedCrystal crystal = FacetedCrystal.Draw(
            peak.ScatteringVector,
            options.SizeNanometres,
            options.Strain,
            options.Seed
        );
        (int voxels, double voxel) = Grid(peak, options);
        ComplexVolume truth = crystal.OnGrid(voxels, voxel, peak.ScatteringVector.Length);
        (double[] extents, (double, double) strains) = Measure(crystal, truth, voxel);
        Shape3 shape = new(options.Frames, options.Rows, options.Columns);
        using Tensor psi = truth.ToTensor();
        RealVolume ideal = RockingCurve.Compute(psi, voxel, peak, shape, cancellation);
        Random random = new(options.Seed);
        float[] flat = Efficiencies(options, random);
        (RealVolume counts, float[] mask) = Count(ideal, flat, options, random);
        return new SimulatedScan
        {
            Crystal = crystal,
            Geometry = geometry,
            Peak = peak,
            Counts = counts,
            Mask = new RealVolume(mask, 1, options.Rows, options.Columns),
            Flat = new RealVolume(flat, 1, options.Rows, options.Columns),
            Truth = truth,
            VoxelNanometres = voxel,
            ExtentsNanometres = extents,
            Strains = strains,
        };
    }

    private static (double[] Extents, (double Least, double Most) Strains) Measure(
        FacetedCrystal crystal,
        ComplexVolume truth,
        double voxel
    )
    {
        bool[] inside = [.. truth.Amplitudes().Select(density => density > 0.5)];
        int[] shape = [truth.Depth, truth.Height, truth.Width];
        VoxelExtent extent = VoxelExtent.OfSections(inside, shape);
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (int i in Enumerable.Range(0, inside.Length).Where(i => inside[i]))
        {
            (int z, int y, int x) = (i / (shape[1] * shape[2]), i / shape[2] % shape[1], i % shape[2]);
            double strain = crystal.StrainAt(
                voxel * new Vector3D(x - (shape[2] / 2), y - (shape[1] / 2), z - (shape[0] / 2))
            );
            (least, most) = (Math.Min(least, strain), Math.Max(most, strain));
        }

        return ([.. new[] { 2, 1, 0 }.Select(axis => extent.Length(axis) * voxel)], (least, most));
    }

    private static VoxelPlace Middle(ScanOptions options) =>
        new(options.Frames / 2, options.Rows / 2, options.Columns / 2);

    private static BraggGeometry Reach(Diffractometer diffractometer, double pixelMetres, ScanOptions options)
    {
        double wavelength = BraggGeometry.EnergyTimesWavelength / options.EnergyElectronvolts;
        double sine = wavelength / (2 * options.SpacingNanometres);
        if (sine >= 1)
        {
            throw new InputException(
                $"a spacing of {options.SpacingNanometres} nm cannot diffract at {options.EnergyElectronvolts:g5} eV; raise `EnergyElectronvolts`"
            );
        }

        if (diffractometer.DetectorCircles.All(circle => IsShared(diffractometer, circle)))
        {
            throw new InputException("simulate scan needs a beamline whose detector turns");
        }

        BraggGeometry geometry = new()
        {
            Diffractometer = diffractometer,
            SampleAnglesRadians = [.. diffractometer.SampleCircles.Select(_ => 0.0)],
            DetectorAnglesRadians = DetectorAngles(diffractometer, 2 * Math.Asin(sine)),
            RockingCircle = 0,
            RockingStepRadians = 1e-5,
            EnergyElectronvolts = options.EnergyElectronvolts,
            // A pixel's step of q is 2 pi / (ratio size).
            DistanceMetres = options.OversamplingRatio * options.SizeNanometres * pixelMetres / wavelength,
            RowPitchMetres = pixelMetres,
            ColumnPitchMetres = pixelMetres,
        };
        return Rock(geometry, options);
    }

    // The sample circle that takes the pattern most squarely through the detector's plane, in steps as fine as the pixels.
    private static BraggGeometry Rock(BraggGeometry geometry, ScanOptions options)
    {
        BraggGeometry? best = null;
        double most = 0;
        double wanted = 2 * Math.PI / (options.OversamplingRatio * options.SizeNanometres);
        for (int circle = 0; circle < geometry.Diffractometer.SampleCircles.Count; circle++)
        {
            // What carries the detector, too, would take it away from the peak.
            if (IsShared(geometry.Diffractometer, geometry.Diffractometer.SampleCircles[circle]))
            {
                continue;
            }

            BraggGeometry rocking = geometry with { RockingCircle = circle };
            BraggPeak peak;
            try
            {
                peak = rocking.At(Middle(options));
            }
            catch (InputException)
            {
                continue;
            }

            Matrix3 steps = peak.ReciprocalSteps();
            (Vector3D q, Vector3D row, Vector3D column) = (steps.Column(0), steps.Column(1), steps.Column(2));
            double square = Math.Abs(q.Unit.Dot(row.Unit.Cross(column.Unit)));
            if (square > most)
            {
                most = square;
                double step = geometry.RockingStepRadians * wanted / q.Length;
                double[] angles = [.. geometry.SampleAnglesRadians];
                // The peak stands at angle 0 of the middle frame.
                angles[circle] = -(options.Frames / 2) * step;
                best = rocking with { RockingStepRadians = step, SampleAnglesRadians = angles };
            }
        }

        return best ?? throw new InputException("no circle of this beamline rocks the sample through the reflection");
    }

    private static bool IsShared(Diffractometer diffractometer, Circle circle) =>
        diffractometer.SampleCircles.Any(other => other.Motor == circle.Motor)
        && diffractometer.DetectorCircles.Any(other => other.Motor == circle.Motor);

    // Both circles where there are two, in a fixed ratio, by bisection; one that carries the sample, too, stays at 0.
    private static double[] DetectorAngles(Diffractometer diffractometer, double twoTheta)
    {
        Circle first = diffractometer.DetectorCircles.First(circle => !IsShared(diffractometer, circle));
        (double low, double high) = (0, Math.PI / 2);
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            (low, high) = TwoTheta(Angles(middle)) < twoTheta ? (middle, high) : (low, middle);
        }

        return Angles(low);

        double[] Angles(double angle) =>
            [
                .. diffractometer.DetectorCircles.Select(circle =>
                    IsShared(diffractometer, circle) ? 0
                    : circle == first ? angle
                    : Sideways * angle
                ),
            ];
        double TwoTheta(double[] angles) =>
            Math.Acos(
                Diffractometer
                    .Turn(diffractometer.DetectorCircles, angles)
                    .Apply(AxisDirection.Beam)
                    .Dot(AxisDirection.Beam)
            );
    }

    // Voxels that hold all that the detector sees, in a volume with room round the crystal.
    private static (int Voxels, double Nanometres) Grid(BraggPeak peak, ScanOptions options)
    {
        double most = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            VoxelPlace place = new(
                (corner & 1) * (options.Frames - 1),
                (corner >> 1 & 1) * (options.Rows - 1),
                (corner >> 2) * (options.Columns - 1)
            );
            Vector3D q = peak.Q(place) - peak.ScatteringVector;
            most = Math.Max(most, Math.Max(Math.Abs(q.X), Math.Max(Math.Abs(q.Y), Math.Abs(q.Z))));
        }

        double voxel = Math.PI / (1.05 * most);
        int voxels = 2 * (int)Math.Ceiling(Room * options.SizeNanometres / voxel / 2);
        return (voxels, voxel);
    }

    private static float[] Efficiencies(ScanOptions options, Random random) =>
        [
            .. Enumerable
                .Range(0, options.Rows * options.Columns)
                .Select(_ => (float)(1 + (options.FlatField * ((2 * random.NextDouble()) - 1)))),
        ];

    private static (RealVolume Counts, float[] Mask) Count(
        RealVolume ideal,
        float[] flat,
        ScanOptions options,
        Random random
    )
    {
        using var scope = NewDisposeScope();
        using Generator generator = new((ulong)options.Seed);
        Tensor seen = tensor(ideal.Values).reshape(ideal.Depth, ideal.Height, ideal.Width);
        double total = seen.sum(ScalarType.Float64).item<double>();
        Tensor expected = seen.Times(options.Photons / total) * tensor(flat).reshape(1, options.Rows, options.Columns);
        float[] counts = poisson(expected, generator).data<float>().ToArray();
        float[] mask = new float[flat.Length];
        int gap = (options.Columns / 2) + (options.Columns / 10);
        foreach (int pixel in Enumerable.Range(0, mask.Length))
        {
            int column = pixel % options.Columns;
            mask[pixel] = column >= gap && column < gap + options.GapColumns ? 1 : 0;
        }

        int[] hot = [.. Enumerable.Range(0, options.HotPixels).Select(_ => random.Next(mask.Length))];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = mask[i % mask.Length] > 0 ? 0 : counts[i];
        }

        foreach (int pixel in hot)
        {
            mask[pixel] = 1;
            for (int frame = 0; frame < options.Frames; frame++)
            {
                counts[(frame * mask.Length) + pixel] = HotCounts;
            }
        }

        return (new RealVolume(counts, options.Frames, options.Rows, options.Columns), mask);
    }
}
