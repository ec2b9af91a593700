using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>One rocking scan's geometry: the diffractometer, where its motors stood, and what the detector saw from where.</summary>
public sealed record BraggGeometry
{
    // Below this share the three steps of q lie in a plane.
    private const double Flat = 1e-6;

    /// <summary><c>h c</c> in eV nm (CODATA 2018).</summary>
    public const double EnergyTimesWavelength = 1239.841984;

    public required Diffractometer Diffractometer { get; init; }

    /// <summary>One a sample circle, in their order; that of the rocking circle at frame 0.</summary>
    public required IReadOnlyList<double> SampleAnglesRadians { get; init; }

    /// <summary>One a detector circle.</summary>
    public required IReadOnlyList<double> DetectorAnglesRadians { get; init; }

    /// <summary>Which sample circle turns from frame to frame.</summary>
    public required int RockingCircle { get; init; }

    /// <summary>From one frame to the next, signed.</summary>
    public required double RockingStepRadians { get; init; }

    public required double EnergyElectronvolts { get; init; }

    /// <summary>Sample to detector, along the detector's normal.</summary>
    public required double DistanceMetres { get; init; }

    /// <summary>From row to row.</summary>
    public required double RowPitchMetres { get; init; }

    /// <summary>From column to column.</summary>
    public required double ColumnPitchMetres { get; init; }

    /// <summary>
    /// The pixel that the direct beam meets with the detector's motors at 0. Where it is not known, null, the peak is taken to stand
    /// there: the motors point the detector at the peak, and only the differences within a frame matter.
    /// </summary>
    public PixelPlace? DirectBeam { get; init; }

    public double WavelengthNanometres => EnergyTimesWavelength / EnergyElectronvolts;

    /// <summary>The same seen from a Bragg peak.</summary>
    /// <param name="peak">Where the peak stands in the measured stack.</param>
    /// <exception cref="InputException">The geometry cannot be used; says everything that is wrong.</exception>
    public BraggPeak At(VoxelPlace peak)
    {
        string[] problems = [.. Problems()];
        if (problems.Length > 0)
        {
            throw new InputException($"the geometry cannot be used: {string.Join("; ", problems)}");
        }

        BraggPeak seen = new(this, peak);
        Matrix3 steps = seen.ReciprocalSteps();
        (Vector3D rocking, Vector3D row, Vector3D column) = (steps.Column(0), steps.Column(1), steps.Column(2));
        // Against what the same angle does to a Q of one wave number, square to the axis.
        double across = Math.Abs(RockingStepRadians) * seen.WaveNumber * row.Length * column.Length;
        return Math.Abs(rocking.Dot(row.Cross(column))) > Flat * across
            ? seen
            : throw new InputException(
                $"the geometry cannot be used: with |Q| = {seen.ScatteringVector.Length:g3} nm^-1 and the detector where it is, "
                    + $"rocking {Diffractometer.SampleCircles[RockingCircle].Motor} does not take the pattern through the detector's plane"
            );
    }

    /// <summary>The geometry of a pattern that was binned and cut out of the stack, with the peak at index N/2.</summary>
    /// <param name="peak">Where the peak stands in the measured stack.</param>
    /// <param name="shape">Of the pattern.</param>
    /// <param name="bin">Measured voxels in one of the pattern along each axis.</param>
    public BraggGeometry OfPattern(VoxelPlace peak, Shape3 shape, Axes3<int> bin)
    {
        double step = bin.Z * RockingStepRadians;
        double[] angles = [.. SampleAnglesRadians];
        angles[RockingCircle] += (peak.Frame * RockingStepRadians) - (shape.Centre.Z * step);
        return this with
        {
            SampleAnglesRadians = angles,
            RockingStepRadians = step,
            RowPitchMetres = bin.Y * RowPitchMetres,
            ColumnPitchMetres = bin.X * ColumnPitchMetres,
            DirectBeam = DirectBeam is { } beam
                ? new PixelPlace(
                    shape.Centre.Y - ((peak.Row - beam.Row) / bin.Y),
                    shape.Centre.X - ((peak.Column - beam.Column) / bin.X)
                )
                : null,
        };
    }

    private IEnumerable<string> Problems()
    {
        if (SampleAnglesRadians.Count != Diffractometer.SampleCircles.Count)
        {
            yield return $"{SampleAnglesRadians.Count} angles for {Diffractometer.SampleCircles.Count} sample circles";
        }

        if (DetectorAnglesRadians.Count != Diffractometer.DetectorCircles.Count)
        {
            yield return $"{DetectorAnglesRadians.Count} angles for {Diffractometer.DetectorCircles.Count} detector circles";
        }

        if (RockingCircle < 0 || RockingCircle >= Diffractometer.SampleCircles.Count)
        {
            yield return $"sample circle {RockingCircle} cannot rock, there are {Diffractometer.SampleCircles.Count}";
        }

        if (!double.IsFinite(RockingStepRadians) || RockingStepRadians == 0)
        {
            yield return $"the rocking step is {RockingStepRadians} rad, it must not be 0";
        }

        (string Name, double Value)[] lengths =
        [
            ("energy", EnergyElectronvolts),
            ("detector distance", DistanceMetres),
            ("row pitch", RowPitchMetres),
            ("column pitch", ColumnPitchMetres),
        ];
        foreach ((string name, double value) in lengths.Where(length => !(length.Value > 0)))
        {
            yield return $"the {name} is {value}, it must be above 0";
        }

        if (Diffractometer.DetectorCircles.Count == 0 && DirectBeam is null)
        {
            yield return "the detector stands square to the beam, so the pixel of the direct beam must be known";
        }
    }
}
