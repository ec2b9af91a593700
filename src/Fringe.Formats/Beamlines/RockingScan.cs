using Fringe.Core;
using Fringe.Core.Geometry;

namespace Fringe.Formats.Beamlines;

/// <summary>A rocking scan at a beamline: its geometry, put together from the definition and what was recorded.</summary>
public sealed record RockingScan
{
    // The largest share of a step by which a point may stand off its place.
    private const double Unevenness = 0.5;

    public required BeamlineDefinition Beamline { get; init; }

    public required BraggGeometry Geometry { get; init; }

    /// <summary>Points of the scan; the stack must have as many frames.</summary>
    public required int Points { get; init; }

    /// <summary>File and scan that its angles are from.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The HDF5 group in which its frames are, too; null where they are elsewhere.</summary>
    public string? Group { get; init; }

    /// <summary>Where the user said otherwise than the record, one sentence each.</summary>
    public IReadOnlyList<string> Contradictions { get; init; } = [];

    /// <summary>From what was recorded; angles are in degrees.</summary>
    /// <param name="beamline">The definition.</param>
    /// <param name="scan">What was recorded.</param>
    /// <param name="overrides">What the user knows better.</param>
    /// <param name="fileValues">What a file says beside the motors; null = nothing.</param>
    /// <exception cref="InputException">A motor or value is missing (named), no circle rocks, or it does not step.</exception>
    public static RockingScan From(
        BeamlineDefinition beamline,
        ScanRecord scan,
        GeometryOverrides overrides,
        GeometryOverrides? fileValues = null
    )
    {
        string origin = scan.Origin;
        Diffractometer diffractometer = beamline.Diffractometer;
        Circle[] circles = [.. diffractometer.Circles];
        string[] missing =
        [
            .. circles
                .Where(circle => scan.Find(circle.Names) is null)
                .Select(circle => string.Join('/', circle.Names))
                .Distinct(),
        ];
        if (missing.Length > 0)
        {
            string[] likely = [.. BeamlineLibrary.Names.Where(name => HasAllMotors(BeamlineLibrary.Find(name), scan))];
            string hint =
                likely.Length > 0
                    ? $"the motors are those of {string.Join(" or ", likely)}; give `Beamline` {likely[0]}"
                    : "check `Beamline` and the scan";
            throw new InputException(
                $"{origin}: no motor {string.Join(", ", missing)}, which {beamline.Name} has; {hint}"
            );
        }

        int rocking = Rocking(diffractometer, circles, scan, origin);
        IReadOnlyList<double> positions = scan.Find(circles[rocking].Names)!;
        GeometryOverrides recorded = Recorded(beamline, scan, fileValues);
        double pixelMicrometres =
            overrides.PixelMicrometres
            ?? recorded.PixelMicrometres
            ?? beamline.PixelMicrometres
            ?? throw new InputException(
                $"{origin}: the size of the pixels is not known; give it with `PixelMicrometres`"
            );
        double[] angles = [.. circles.Select(circle => scan.Find(circle.Names)![0] * Math.PI / 180)];
        return new RockingScan
        {
            Beamline = beamline,
            Points = positions.Count,
            Origin = origin,
            Group = scan.Group,
            Geometry = new BraggGeometry
            {
                Diffractometer = diffractometer,
                SampleAnglesRadians = angles[..diffractometer.SampleCircles.Count],
                DetectorAnglesRadians = angles[diffractometer.SampleCircles.Count..],
                RockingCircle = rocking,
                RockingStepRadians = Step(positions, $"{origin}: {circles[rocking].Motor}") * Math.PI / 180,
                EnergyElectronvolts = overrides.EnergyElectronvolts ?? Energy(beamline, recorded, origin),
                DistanceMetres = overrides.DistanceMetres ?? Distance(beamline, recorded, origin),
                RowPitchMetres = pixelMicrometres / 1e6,
                ColumnPitchMetres = pixelMicrometres / 1e6,
                DirectBeam = overrides.DirectBeam ?? recorded.DirectBeam,
            },
            Contradictions = [.. Contradiction.Between(overrides, recorded, origin, beamline)],
        };
    }

    /// <summary>Sees that a stack has one frame a point.</summary>
    /// <param name="frames">Of the stack.</param>
    /// <param name="path">The stack's, for the message.</param>
    /// <exception cref="InputException">It has not.</exception>
    public void CheckFrames(long frames, string path)
    {
        if (frames != Points)
        {
            throw InputException.ForFile(path, $"has {frames} frames, but the scan has {Points} points");
        }
    }

    private static bool HasAllMotors(BeamlineDefinition beamline, ScanRecord scan) =>
        beamline.Diffractometer.Circles.All(circle => scan.Find(circle.Names) is not null);

    // Which circle turns: one of the sample's, and no other.
    private static int Rocking(Diffractometer diffractometer, Circle[] circles, ScanRecord scan, string origin)
    {
        int[] scanned = [.. Enumerable.Range(0, circles.Length).Where(i => scan.Find(circles[i].Names)!.Count > 1)];
        int[] moving = [.. scanned.Where(i => scan.Find(circles[i].Names)!.Distinct().Skip(1).Any())];
        if (moving is [int rocking] && rocking < diffractometer.SampleCircles.Count)
        {
            return rocking;
        }

        if (moving.Length == 0 && scanned.Length > 0)
        {
            throw new InputException($"{origin}: {circles[scanned[0]].Motor} stands still, the step is 0");
        }

        string turned = moving.Length == 0 ? "none" : string.Join(", ", moving.Select(i => circles[i].Motor));
        throw new InputException(
            $"{origin}: '{scan.Command}' turns {turned} of the circles; a rocking scan turns one of "
                + string.Join(", ", diffractometer.SampleCircles.Select(circle => circle.Motor))
        );
    }

    private static double Step(IReadOnlyList<double> positions, string origin)
    {
        double step = (positions[^1] - positions[0]) / (positions.Count - 1);
        if (step == 0)
        {
            throw new InputException($"{origin} ends where it began: the step is 0");
        }

        int worst = Enumerable.Range(0, positions.Count).MaxBy(i => Math.Abs(positions[i] - positions[0] - (i * step)));
        double off = (positions[worst] - positions[0] - (worst * step)) / step;
        return Math.Abs(off) <= Unevenness
            ? step
            : throw new InputException(
                $"{origin} does not step evenly: point {worst} is off by {off:g2} steps of {step:g4}"
            );
    }

    // What the files say beside the motors' angles; whether it can be so is asked where it is used.
    private static GeometryOverrides Recorded(
        BeamlineDefinition beamline,
        ScanRecord scan,
        GeometryOverrides? fileValues
    )
    {
        double? energy = Value(beamline.Energy, scan);
        double? distance = Value(beamline.Distance, scan);
        return (fileValues ?? new()) with
        {
            EnergyElectronvolts =
                fileValues?.EnergyElectronvolts
                ?? (energy is { } value ? PhotonEnergy.Convert(value, beamline.Energy!.Unit) : null),
            DistanceMetres = fileValues?.DistanceMetres ?? distance * (beamline.Distance?.Unit == "mm" ? 1e-3 : 1),
        };
    }

    private static double? Value(RecordedQuantity? quantity, ScanRecord scan) =>
        quantity is not null && scan.Find(quantity.Names) is { } values ? values[0] : null;

    private static double Energy(BeamlineDefinition beamline, GeometryOverrides recorded, string origin)
    {
        double electronvolts =
            recorded.EnergyElectronvolts
            ?? throw Missing(origin, "photon energy", beamline.Energy, "`Geometry.EnergyElectronvolts`");
        string unit = beamline.Energy?.Unit ?? "eV";
        double value = electronvolts / PhotonEnergy.Convert(1, unit);
        return PhotonEnergy.InElectronvolts(value, unit, $"{origin}: {beamline.Energy?.Names[0] ?? "photon energy"}");
    }

    private static double Distance(BeamlineDefinition beamline, GeometryOverrides recorded, string origin) =>
        DetectorLength.DistanceMetres(
            recorded.DistanceMetres
                ?? throw Missing(origin, "detector distance", beamline.Distance, "`Geometry.DistanceMetres`"),
            $"{origin}: distance of the detector"
        );

    private static InputException Missing(string origin, string what, RecordedQuantity? quantity, string option)
    {
        string where = quantity is null ? "is recorded there" : $"under {string.Join('/', quantity.Names)}";
        return new InputException($"{origin}: no {what} {where}; give it with {option}");
    }
}
