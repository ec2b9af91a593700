using System.CommandLine;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Formats.Beamlines;
using Fringe.Imaging;
using Fringe.Imaging.Files;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe convert</c>.</summary>
internal sealed class ConvertOptions
{
    private readonly PreparationFlags preparation = new();
    private readonly GeometryFlags geometry = new();

    private readonly Argument<string[]> inputs = new("scan")
    {
        Description = $"{ScanInputs.FilesOrFrames}. Several scans are converted in turn.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description =
            "File to write, x.npz (photons as data, mask, numbers of the geometry), x.cxi (with the whole geometry) or x.npy (photons, NaN where not measured). A quoted '*.npz' names each scan's file by its stem.",
        HelpName = "FILE",
    };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace a file that is there." };

    /// <summary>Print what was written as JSON and nothing else.</summary>
    public Option<bool> Json { get; } =
        new("--json") { Description = "Print as JSON and nothing else, for scripts; a list of several scans'." };

    /// <summary>Print nothing.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public void AddTo(Command command)
    {
        command.Add(inputs);
        foreach (Option option in (Option[])[output, Force, .. preparation.All, .. geometry.All, Json, Quiet])
        {
            command.Add(option);
        }
    }

    /// <summary>Where the patterns are to be written, as the user said.</summary>
    /// <exception cref="InputException">Nowhere.</exception>
    public string ReadOutput(ParseResult parsed) =>
        parsed.GetValue(output)
        ?? throw new InputException("--output is missing; name a file to write, such as -o pattern.npz");

    /// <summary>How to prepare.</summary>
    /// <exception cref="InputException">A value is no good; all problems in one line.</exception>
    public PreparationOptions ReadPreparation(ParseResult parsed)
    {
        PreparationOptions options = preparation.Read(parsed);
        string[] problems = [.. FlagNames.Explain("Preparation", options.Validate())];
        return problems.Length == 0 ? options : throw new InputException(string.Join("; ", problems));
    }

    /// <summary>The scans to convert, without their geometry.</summary>
    /// <exception cref="InputException">One of them looks like an option, or a geometry cannot belong to all of them.</exception>
    public IReadOnlyList<MeasurementSource> ReadSources(ParseResult parsed)
    {
        string[] paths = parsed.GetValue(inputs) ?? [];
        UnknownOption.Refuse(paths, "convert");
        return paths.Length > 1 && geometry.IsElsewhere(parsed)
            ? throw new InputException("a geometry belongs to one scan; convert the scans one by one")
            : [.. paths.Select(path => preparation.ReadSource(parsed) with { Input = path })];
    }

    /// <summary>A scan with its geometry, if the command line tells of one.</summary>
    /// <param name="source">Without it.</param>
    /// <param name="frames">Frames that count, from the first; null = all.</param>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="InputException">The geometry cannot be used.</exception>
    public MeasurementSource WithGeometry(MeasurementSource source, int? frames, ParseResult parsed)
    {
        RockingScan? scan = geometry.Read(parsed, source.Input, frames);
        return source with { Scan = scan, Dataset = source.Dataset ?? scan?.Group };
    }

    /// <summary>Every file that is read for the scans.</summary>
    /// <param name="sources">The scans.</param>
    /// <param name="parsed">The command line.</param>
    public IReadOnlyList<string> Files(IReadOnlyList<MeasurementSource> sources, ParseResult parsed) =>
        [.. sources.SelectMany(source => source.Files), .. geometry.Files(parsed)];

    /// <summary>The command that phases a file that was written.</summary>
    /// <param name="parsed">The command line that wrote it.</param>
    /// <param name="path">The file.</param>
    /// <param name="prepared">What it holds.</param>
    public string PhaseIt(ParseResult parsed, string path, PreparedMeasurement prepared) =>
        CommandLineText.Of([
            "fringe",
            "phase",
            path,
            .. PatternFiles.SaysPrepared(path) ? Array.Empty<string>() : ["--prepared"],
            .. PatternFiles.HoldsGeometry(path, prepared) ? geometry.ReadBeamline(parsed) : [],
        ]);
}
