using System.CommandLine;
using Fringe.Core;
using Fringe.Formats;

namespace Fringe.App.Commands;

/// <summary>The options that say how a rocking scan was measured.</summary>
internal sealed class GeometryFlags
{
    private readonly Option<string?> beamline = OptionOf.Text(
        "--beamline",
        "NAME",
        $"{string.Join(", ", BeamlineLibrary.Names)}, or a .json file that describes another (docs/geometry.md)."
    );

    private readonly Option<string?> spec = OptionOf.Text(
        "--spec",
        "FILE",
        "SPEC file with the scan's angles, energy and distance."
    );

    private readonly Option<int?> scan = new("--scan")
    {
        Description = "The scan's number in the SPEC file.",
        HelpName = "N",
    };

    private readonly Option<string?> file = OptionOf.Text(
        "--geometry",
        "FILE",
        "JSON file with the angles, energy and distance, in place of --spec and --scan (docs/geometry.md)."
    );

    private readonly Option<double?> energy = OptionOf.Number(
        "--energy",
        "KEV",
        "Photon energy. Default: as recorded with the scan."
    );

    private readonly Option<double?> distance = OptionOf.Number(
        "--distance",
        "M",
        "Sample to detector. Default: as recorded with the scan."
    );

    private readonly Option<double?> pixel = OptionOf.Number(
        "--pixel",
        "UM",
        "Edge of a detector pixel. Default: that of the beamline's usual detector."
    );

    private readonly Option<string?> directBeam = OptionOf.Text(
        "--direct-beam",
        "ROW,COL",
        "Pixel of the direct beam with the detector's motors at 0. Default: the detector points at the peak."
    );

    public IReadOnlyList<Option> All => [beamline, spec, scan, file, energy, distance, pixel, directBeam];

    /// <summary>The scan that the command line tells of; null if it tells of none.</summary>
    /// <exception cref="InputException">One of the three that belong together is missing, or the scan cannot be used.</exception>
    public RockingScan? Read(ParseResult parsed)
    {
        if (All.All(option => parsed.GetResult(option) is null))
        {
            return null;
        }

        bool isSpec = parsed.GetValue(spec) is not null || parsed.GetValue(scan) is not null;
        if (
            parsed.GetValue(beamline) is not { } name
            || (parsed.GetValue(file) is null && (parsed.GetValue(spec) is null || parsed.GetValue(scan) is null))
            || (parsed.GetValue(file) is not null && isSpec)
        )
        {
            throw new InputException("a geometry needs --beamline, and --spec and --scan together or --geometry alone");
        }

        double[]? beam = NumberList.Numbers("--direct-beam", parsed.GetValue(directBeam), 2, 2);
        GeometryOverrides overrides = new()
        {
            EnergyElectronvolts = parsed.GetValue(energy) is { } kiloelectronvolts
                ? PhotonEnergy.InElectronvolts(kiloelectronvolts, "keV", "--energy")
                : null,
            DistanceMetres = parsed.GetValue(distance),
            PixelMicrometres = parsed.GetValue(pixel),
            DirectBeam = beam is null ? null : new(beam[0], beam[1]),
        };
        BeamlineDefinition definition = BeamlineLibrary.Find(name);
        if (parsed.GetValue(file) is not { } path)
        {
            SpecScan recorded = SpecFile.Read(parsed.GetValue(spec)!, parsed.GetValue(scan)!.Value);
            return RockingScan.From(definition, recorded.Record, overrides);
        }

        (ScanRecord written, GeometryOverrides values) = GeometryFile.Read(path);
        return RockingScan.From(definition, written, overrides.Or(values));
    }
}
