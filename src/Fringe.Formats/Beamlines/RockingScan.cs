using Fringe.Core;
using Fringe.Core.Geometry;

namespace Fringe.Formats;

/// <summary>A rocking scan at a beamline: its geometry, put together from the definition and what was recorded.</summary>
public sealed record RockingScan
{
    // The largest share of a step by which a point may stand off its place.
    private const double Unevenness = 0.5;

    // The least share by which two numbers are not the same one, rounded: an energy's is that of the lattice constant.
    private const double FinestEnergy = 1e-3;
    private const double FinestLength = 0.01;

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
    /// <param name="beside">What a file says beside the motors; null = nothing.</param>
    /// <exception cref="InputException">A motor or value is missing (named), no circle rocks, or it does not step.</exception>
    public static RockingScan From(
        BeamlineDefinition beamline,
        ScanRecord scan,
        GeometryOverrides overrides,
        GeometryOverrides? beside = null
    )
    {
        string origin = scan.Origin;
        Diffractometer has = beamline.Diffractometer;
        Circle[] circles = [.. has.SampleCircles.Concat(has.DetectorCircles)];
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
                    ? $"the motors are those of {string.Join(" or ", likely)}; give --beamline {likely[0]}"
                    : "check --beamline and the scan";
            throw new InputException(
                $"{origin}: no motor {string.Join(", ", missing)}, which {beamline.Name} has; {hint}"
            );
        }

        int rocking = Rocking(has, circles, scan, origin);
        IReadOnlyList<double> positions = scan.Find(circles[rocking].Names)!;
        double pixelMicrometres =
            overrides.PixelMicrometres
            ?? beside?.PixelMicrometres
            ?? beamline.PixelMicrometres
            ?? throw new InputException($"{origin}: the size of the pixels is not known; give it with --pixel");
        double? energy = beside?.EnergyElectronvolts ?? Energy(beamline.Energy, scan);
        double? distance = beside?.DistanceMetres ?? Distance(beamline.Distance, scan);
        double[] angles = [.. circles.Select(circle => scan.Find(circle.Names)![0] * Math.PI / 180)];
        return new RockingScan
        {
            Beamline = beamline,
            Points = positions.Count,
            Origin = origin,
            Group = scan.Group,
            Geometry = new BraggGeometry
            {
                Diffractometer = has,
                SampleAnglesRadians = angles[..has.SampleCircles.Count],
                DetectorAnglesRadians = angles[has.SampleCircles.Count..],
                RockingCircle = rocking,
                RockingStepRadians = Step(positions, $"{origin}: {circles[rocking].Motor}") * Math.PI / 180,
                EnergyElectronvolts = overrides.EnergyElectronvolts ?? RecordedEnergy(),
                DistanceMetres = overrides.DistanceMetres ?? RecordedDistance(),
                RowPitchMetres = pixelMicrometres / 1e6,
                ColumnPitchMetres = pixelMicrometres / 1e6,
                DirectBeam = overrides.DirectBeam ?? beside?.DirectBeam,
            },
            Contradictions =
            [
                .. Contradiction(
                    "photon energy",
                    "keV",
                    overrides.EnergyElectronvolts / 1000,
                    energy / 1000,
                    FinestEnergy
                ),
                .. Contradiction("detector's distance", "m", overrides.DistanceMetres, distance, FinestLength),
                .. Contradiction("pixel", "um", overrides.PixelMicrometres, beside?.PixelMicrometres, FinestLength),
                .. overrides.PixelMicrometres is { } pixel
                && beside?.PixelMicrometres is null
                && beamline.PixelMicrometres is { } usual
                && Differ(pixel, usual, FinestLength)
                    ?
                    [
                        FormattableString.Invariant(
                            $"The pixel is {pixel:g5} um, as the command line says; that of {beamline.Name}'s usual detector is {usual:g5} um."
                        ),
                    ]
                    : Array.Empty<string>(),
                .. overrides.DirectBeam is { } beam && beside?.DirectBeam is { } other && beam != other
                    ?
                    [
                        FormattableString.Invariant(
                            $"The direct beam is at pixel {beam.Row:g5}, {beam.Column:g5}, as the command line says; {origin} records {other.Row:g5}, {other.Column:g5}."
                        ),
                    ]
                    : Array.Empty<string>(),
            ],
        };

        double RecordedEnergy() =>
            beside?.EnergyElectronvolts
            ?? (
                beamline.Energy is { } recorded && scan.Find(recorded.Names) is { } values
                    ? PhotonEnergy.InElectronvolts(values[0], recorded.Unit, $"{origin}: {recorded.Names[0]}")
                    : throw Missing("photon energy", beamline.Energy, "--energy (keV)")
            );

        double RecordedDistance() =>
            distance is { } metres
                ? DetectorLength.DistanceMetres(metres, $"{origin}: distance of the detector")
                : throw Missing("detector distance", beamline.Distance, "--distance (m)");

        InputException Missing(string what, RecordedQuantity? recorded, string option) =>
            new(
                $"{origin}: no {what}{(recorded is null ? " is recorded there" : $" under {string.Join('/', recorded.Names)}")}; "
                    + $"give it with {option}"
            );

        IEnumerable<string> Contradiction(string what, string unit, double? given, double? recorded, double finest)
        {
            if (given is { } said && recorded is { } read && Differ(said, read, finest))
            {
                yield return FormattableString.Invariant(
                    $"The {what} is {said:g6} {unit}, as the command line says; {origin} records {read:g6} {unit}."
                );
            }
        }

        static bool Differ(double said, double read, double finest) => Math.Abs(said - read) > finest * Math.Abs(read);
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
        beamline
            .Diffractometer.SampleCircles.Concat(beamline.Diffractometer.DetectorCircles)
            .All(circle => scan.Find(circle.Names) is not null);

    // Which circle turns: one of the sample's, and no other.
    private static int Rocking(Diffractometer has, Circle[] circles, ScanRecord scan, string origin)
    {
        int[] scanned = [.. Enumerable.Range(0, circles.Length).Where(i => scan.Find(circles[i].Names)!.Count > 1)];
        int[] moving = [.. scanned.Where(i => scan.Find(circles[i].Names)!.Distinct().Skip(1).Any())];
        if (moving is [int rocking] && rocking < has.SampleCircles.Count)
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
                + string.Join(", ", has.SampleCircles.Select(circle => circle.Motor))
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

    // In eV; whether it can be one is asked where it is used.
    private static double? Energy(RecordedQuantity? recorded, ScanRecord scan) =>
        recorded is not null && scan.Find(recorded.Names) is { } values
            ? PhotonEnergy.Convert(values[0], recorded.Unit)
            : null;

    // In m, likewise.
    private static double? Distance(RecordedQuantity? recorded, ScanRecord scan) =>
        recorded is not null && scan.Find(recorded.Names) is { } values
            ? values[0] * (recorded.Unit == "mm" ? 1e-3 : 1)
            : null;
}
