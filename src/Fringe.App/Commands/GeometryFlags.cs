using System.CommandLine;
using Fringe.Core;
using Fringe.Formats;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Fio;
using Fringe.Formats.Spec;

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
        Description = "The scan's number in the SPEC or HDF5 file; may be left out where it holds one.",
        HelpName = "N",
    };

    private readonly Option<string?> file = OptionOf.Text(
        "--geometry",
        "FILE",
        "HDF5, .fio or JSON file with the angles, energy and distance, in place of --spec (docs/geometry.md). Default: the input, if it is HDF5."
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
    /// <param name="parsed">The command line.</param>
    /// <param name="input">What is to be phased, which may say how it was measured; null = the embedded sample.</param>
    /// <param name="frames">Frames that count, from the first; null = all.</param>
    /// <exception cref="InputException">Something that belongs to the rest is missing, or the scan cannot be used.</exception>
    public RockingScan? Read(ParseResult parsed, string? input, int? frames)
    {
        if (All.All(option => parsed.GetResult(option) is null))
        {
            return null;
        }

        string? specPath = parsed.GetValue(spec);
        int? number = parsed.GetValue(scan);
        string? given = parsed.GetValue(file);
        bool isInput = !IsElsewhere(parsed) && File.Exists(input) && Hdf5ScanFile.IsHdf5(input);
        string name =
            parsed.GetValue(beamline)
            ?? throw new InputException(
                $"the geometry lacks --beamline: {string.Join(", ", BeamlineLibrary.Names)}, or a .json file (docs/geometry.md)"
            );
        BeamlineDefinition definition = BeamlineLibrary.Find(name);
        if (specPath is not null && given is not null)
        {
            throw new InputException("--spec and --geometry both say where the angles are; leave one out");
        }

        string recorded =
            specPath
            ?? (isInput ? input : given)
            ?? throw new InputException(
                "the geometry lacks the scan's angles: --spec FILE with --scan N, or --geometry with an HDF5, .fio or JSON file "
                    + "(docs/geometry.md), or an HDF5 input that holds them"
            );
        GeometryOverrides overrides = Overrides(parsed) with { Frames = frames };
        bool isSpec = specPath is not null && !Hdf5ScanFile.IsHdf5(specPath) && !FioFile.IsFio(specPath);
        ScanRecord record = isSpec
            ? SpecFile.Read(recorded, number).Record
            : ScanFile.Read(recorded, number, definition);
        return RockingScan.From(definition, isInput ? record : record with { Group = null }, overrides);
    }

    /// <summary>The files that it is read from.</summary>
    public IReadOnlyList<string> Files(ParseResult parsed) =>
        [.. new[] { parsed.GetValue(spec), parsed.GetValue(file), parsed.GetValue(beamline) }.OfType<string>()];

    /// <summary>Whether the geometry is in a file of its own, and not with the frames.</summary>
    public bool IsElsewhere(ParseResult parsed) =>
        parsed.GetValue(file) is not null || parsed.GetValue(spec) is not null;

    /// <summary>The option that names the beamline, with its value; nothing where it was not given.</summary>
    public string[] ReadBeamline(ParseResult parsed) =>
        parsed.GetValue(beamline) is { } name ? [beamline.Name, name] : [];

    private GeometryOverrides Overrides(ParseResult parsed)
    {
        double[]? beam = NumberList.Numbers("--direct-beam", parsed.GetValue(directBeam), 2, 2);
        return new()
        {
            EnergyElectronvolts = parsed.GetValue(energy) is { } kiloelectronvolts
                ? PhotonEnergy.InElectronvolts(kiloelectronvolts, "keV", "--energy")
                : null,
            DistanceMetres = parsed.GetValue(distance) is { } metres
                ? DetectorLength.DistanceMetres(metres, "--distance")
                : null,
            PixelMicrometres = parsed.GetValue(pixel) is { } micrometres
                ? DetectorLength.PixelMicrometres(micrometres, "--pixel")
                : null,
            DirectBeam = beam is null ? null : new(beam[0], beam[1]),
        };
    }
}
