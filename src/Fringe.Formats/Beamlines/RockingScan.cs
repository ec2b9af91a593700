using System.Globalization;
using Fringe.Core;
using Fringe.Core.Geometry;

namespace Fringe.Formats.Beamlines;

/// <summary>A rocking scan at a beamline: its geometry, put together from the definition and what was recorded.</summary>
public sealed record RockingScan
{
    public required BeamlineDefinition Beamline { get; init; }

    public required BraggGeometry Geometry { get; init; }

    /// <summary>Points of the scan; the stack must have as many frames, or more of which the first are taken.</summary>
    public required int Points { get; init; }

    /// <summary>File and scan that its angles are from.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The HDF5 group in which its frames are, too; null where they are elsewhere.</summary>
    public string? Group { get; init; }

    /// <summary>Points, from 0, whose angle is not where the steps would have it: their frames cannot be used.</summary>
    public IReadOnlyList<int> OffPoints { get; init; } = [];

    /// <summary>Points of each other scan of that number in the record's file.</summary>
    public IReadOnlyList<int> OtherPoints { get; init; } = [];

    /// <summary>Where the user said otherwise than the record, one sentence each.</summary>
    public IReadOnlyList<string> Contradictions { get; init; } = [];

    /// <summary>What a person should know about the record and how it was read, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Where each number of the geometry is from: the circles, photon energy, detector distance, pixel, direct beam.</summary>
    public IReadOnlyList<GeometryOrigin> Origins { get; init; } = [];

    /// <summary>From what was recorded; angles are in degrees.</summary>
    /// <param name="beamline">The definition.</param>
    /// <param name="scan">What was recorded.</param>
    /// <param name="overrides">What the user knows better.</param>
    /// <exception cref="InputException">A motor or value that is needed is missing or no number (named), no circle rocks, or it does not step.</exception>
    public static RockingScan From(BeamlineDefinition beamline, ScanRecord scan, GeometryOverrides overrides)
    {
        Diffractometer diffractometer = beamline.Diffractometer;
        Circle[] circles = [.. diffractometer.Circles];
        MotorPositions[] motors = Motors(beamline, circles, scan);
        RockingAngles angles = RockingAngles.Of(beamline, motors, scan, overrides.Frames);
        ScanQuantities quantities = new(beamline, scan, overrides);
        double pitch = quantities.Pixel / 1e6;
        double[] radians = [.. angles.Degrees.Select(degrees => degrees * Math.PI / 180)];
        return new RockingScan
        {
            Beamline = beamline,
            Points = angles.Points,
            Origin = scan.Origin,
            Group = scan.Group,
            OffPoints = angles.OffPoints,
            OtherPoints = scan.OtherPoints,
            Geometry = new BraggGeometry
            {
                Diffractometer = diffractometer,
                SampleAnglesRadians = radians[..diffractometer.SampleCircles.Count],
                DetectorAnglesRadians = radians[diffractometer.SampleCircles.Count..],
                RockingCircle = angles.Circle,
                RockingStepRadians = angles.StepDegrees * Math.PI / 180,
                EnergyElectronvolts = quantities.Energy,
                DistanceMetres = quantities.Distance,
                RowPitchMetres = pitch,
                ColumnPitchMetres = pitch,
                DirectBeam = quantities.DirectBeam,
            },
            Contradictions = quantities.Contradictions,
            Remarks = [.. scan.Remarks, .. angles.Remarks],
            Origins = [.. Angles(angles, circles, motors), .. quantities.Origins],
        };
    }

    /// <summary>Sees that a stack has one frame a point, or that it is said how many of its first frames belong to the points.</summary>
    /// <param name="frames">Of the stack.</param>
    /// <param name="taken">How many of them count, from the first; null = all.</param>
    /// <param name="path">The stack's, for the message.</param>
    /// <exception cref="InputException">It has not; says what makes it fit.</exception>
    public void CheckFrames(long frames, int? taken, string path)
    {
        if (frames == Points || (frames > Points && taken <= Points))
        {
            return;
        }

        string counts = $"has {frames} frames, but the scan has {Points} points";
        string wayOut =
            OtherPoints.Contains((int)Math.Min(frames, int.MaxValue))
                ? $"another scan of that number in the file has {frames}: if the frames are its, copy it to a file of its own"
            : taken > Points ? $"`Preparation.Frames` {Points} at most takes those that have a point"
            : frames > Points
                ? $"if it was stopped after {Points}, `Preparation.Frames` {Points} takes the first frames alone"
            : Points - frames == 1
                ? "whether the first or the last point has no frame is not known, and every angle depends on it: "
                    + "write down those of the frames by hand in a JSON file and give it with `GeometryPath` (docs/geometry.md)"
            : "which points have no frame is not known (a detector that stopped early, frames that were lost or left out): "
                + "write down the angles of the frames by hand in a JSON file and give it with `GeometryPath` (docs/geometry.md)";
        throw InputException.ForFile(path, $"{counts}; {wayOut}");
    }

    private static MotorPositions[] Motors(BeamlineDefinition beamline, Circle[] circles, ScanRecord scan)
    {
        MotorPositions?[] motors = [.. circles.Select(circle => scan.Find(circle.Names))];
        string[] missing =
        [
            .. circles.Where((_, i) => motors[i] is null).Select(circle => string.Join('/', circle.Names)).Distinct(),
        ];
        if (missing.Length == 0)
        {
            return motors.FirstOrDefault(motor => motor!.Problem is not null) is { } unread
                ? throw new InputException(unread.Problem!)
                : [.. motors.OfType<MotorPositions>()];
        }

        string[] likely = [.. BeamlineLibrary.Names.Where(name => HasAllMotors(BeamlineLibrary.Find(name), scan))];
        string hint =
            likely.Length > 0
                ? $"the motors are those of {string.Join(" or ", likely)}; give `Beamline` {likely[0]}"
                : $"check `Beamline` and the scan, or {ScanRecord.WayOut}";
        throw new InputException(
            $"{scan.Origin}: no motor {string.Join(", ", missing)}, which {beamline.Name} has; {hint}"
        );
    }

    private static bool HasAllMotors(BeamlineDefinition beamline, ScanRecord scan) =>
        beamline.Diffractometer.Circles.All(circle => scan.Find(circle.Names) is not null);

    private static IEnumerable<GeometryOrigin> Angles(RockingAngles angles, Circle[] circles, MotorPositions[] motors)
    {
        for (int i = 0; i < circles.Length; i++)
        {
            string value =
                i == angles.Circle
                    ? $"{Text(angles.FirstDegrees)} deg and {angles.Points} points in steps of {Text(angles.StepDegrees)} deg"
                    : $"{Text(angles.Degrees[i])} deg";
            yield return new GeometryOrigin(circles[i].Motor, value, motors[i].Source);
        }
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
