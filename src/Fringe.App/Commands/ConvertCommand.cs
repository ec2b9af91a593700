using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fringe.App.Reports;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe convert</c>: what <c>fringe phase</c> would phase, as a file for other programs.</summary>
internal static class ConvertCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build()
    {
        ConvertOptions options = new();
        Command command = new(
            "convert",
            "Write what phase would phase, the prepared pattern with mask and geometry, as NPZ, CXI or NPY (docs/convert.md)."
        );
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellation) => Task.Run(() => Execute(options, parsed, cancellation), cancellation)
        );
        return command;
    }

    private static int Execute(ConvertOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        string output = options.ReadOutput(parsed);
        PreparationOptions preparation = options.ReadPreparation(parsed);
        IReadOnlyList<MeasurementSource> sources = options.ReadSources(parsed);
        IReadOnlyList<string> paths = PatternFiles.PathsOf(
            output,
            [.. sources.Select(source => source.Name)],
            options.Files(sources, parsed),
            parsed.GetValue(options.Force)
        );
        NativeRuntime.PrepareToRead();
        IAnsiConsole errors = Consoles.CreateForErrors();
        bool isJson = parsed.GetValue(options.Json);
        bool isQuiet = parsed.GetValue(options.Quiet) || isJson;
        List<ConvertedScan> scans = [];
        for (int i = 0; i < sources.Count; i++)
        {
            ConvertedScan scan = new(sources[i].Input!, paths[i]);
            try
            {
                PreparedMeasurement prepared = Convert(
                    options.WithGeometry(sources[i], preparation.Frames, parsed),
                    preparation,
                    paths[i],
                    new RunRecord(CommandLineText.Of(parsed), TimeProvider.System.GetLocalNow(), []),
                    isQuiet ? ProgressMode.Silent : ProgressMode.Automatic,
                    cancellation
                );
                scan = scan.With(prepared, NotesOf(prepared, paths[i]), options.PhaseIt(parsed, paths[i], prepared));
            }
            // A scan that cannot be converted does not stop those behind it.
            catch (Exception error) when (sources.Count > 1 && error is not OperationCanceledException)
            {
                bool isFault = error is not InputException;
                string problem = isFault
                    ? $"{scan.Input}: fault of the program: {error.Message}"
                    : FlagNames.Render(error.Message);
                scan = scan with { Problem = problem, IsFault = isFault };
                errors.Profile.Out.Writer.WriteLine($"fringe: {TerminalText.Clean(problem)}");
            }
            catch (OperationCanceledException) when (scans.Count > 0)
            {
                throw new InterruptedException(
                    $"interrupted; of {sources.Count} scans the first {scans.Count} are done, {scan.Output} was not written"
                );
            }

            scans.Add(scan);
            if (!isQuiet && scan.Problem is null)
            {
                Consoles.CreateForResults().Write(ConvertView.Create(scan));
            }
        }

        if (isJson)
        {
            object content = scans is [var only] ? only : scans;
            Consoles.CreateForResults().Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(content, Indented));
        }

        return scans.Any(scan => scan.IsFault) ? CommandRunner.Fault
            : scans.Any(scan => scan.Problem is not null) ? CommandRunner.BadInput
            : 0;
    }

    private static PreparedMeasurement Convert(
        MeasurementSource source,
        PreparationOptions preparation,
        string path,
        RunRecord run,
        ProgressMode mode,
        CancellationToken cancellation
    ) =>
        ShareProgressView.Run(
            Consoles.CreateForErrors(),
            $"convert {source.Name}",
            progress =>
            {
                Measurement measurement = source.Read(cancellation: cancellation);
                progress.Report(1 / 3.0);
                PreparedMeasurement prepared = PreparedMeasurement.Of(measurement, preparation, cancellation);
                progress.Report(2 / 3.0);
                PatternFiles.Write(path, prepared, run with { Notes = NotesOf(prepared, path) }, cancellation);
                return prepared;
            },
            mode
        );

    private static string[] NotesOf(PreparedMeasurement prepared, string path) =>
        [.. prepared.Notes.Concat(PatternFiles.LossesOf(path, prepared)).Select(FlagNames.Render)];
}
