using System.CommandLine;
using Fringe.App.Reports;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Core;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe phase</c>: from measured rocking curves to crystals, their figures and pictures.</summary>
internal static class PhaseCommand
{
    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        PhaseOptions options = new();
        Command command = new("phase", "Phase measured Bragg peaks: from file to crystal, figures and pictures.");
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellation) => Task.Run(() => Execute(options, folders, parsed, cancellation), cancellation)
        );
        return command;
    }

    private static int Execute(
        PhaseOptions options,
        OutputFolders folders,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<PhaseRequest> requests = options.Read(parsed);
        options.SaveConfig(parsed, requests);
        bool isJson = parsed.GetValue(options.Json);
        bool isQuiet = parsed.GetValue(options.Quiet) || isJson;
        NativeRuntime.KeepMemory();
        NativeRuntime.PrepareToRead();
        using Imager imager = Imager.Create(options.ReadImager(parsed));
        if (requests.Any(request => request.Options.Method.MayUseNetwork))
        {
            imager.Network.Begin();
        }

        Run run = new(imager, folders, CommandLineText.Of(parsed), isJson, isQuiet);
        if (requests.Count > 1)
        {
            return RunSeries(requests, run, cancellation);
        }

        PhasedScan scan = Phase(requests[0], run, "phase", cancellation);
        IAnsiConsole results = Consoles.CreateForResults();
        if (isJson)
        {
            results.Profile.Out.Writer.WriteLine(scan.Json);
        }
        else if (!isQuiet)
        {
            results.Write(ResultView.Create(scan.Report!, scan.Folder!, scan.Files));
        }

        return 0;
    }

    // A scan that cannot be phased does not stop those behind it.
    private static int RunSeries(IReadOnlyList<PhaseRequest> requests, Run run, CancellationToken cancellation)
    {
        IAnsiConsole errors = Consoles.CreateForErrors();
        List<PhasedScan> scans = [];
        foreach (PhaseRequest request in requests)
        {
            string name = request.Source.Name;
            try
            {
                scans.Add(Phase(request, run, $"{scans.Count + 1}/{requests.Count} {name}", cancellation));
            }
            catch (OperationCanceledException)
            {
                throw new InterruptedException(
                    $"interrupted; of {requests.Count} scans the first {scans.Count} are done, {name} was not written"
                );
            }
            catch (Exception error)
            {
                bool isFault = error is not InputException;
                string problem = isFault
                    ? $"{name}: fault of the program: {error.Message}"
                    : FlagNames.Render(error.Message);
                scans.Add(new PhasedScan(name) { Problem = problem, IsFault = isFault });
                errors.Profile.Out.Writer.WriteLine($"fringe: {TerminalText.Clean(problem)}");
            }
        }

        IAnsiConsole results = Consoles.CreateForResults();
        if (run.IsJson)
        {
            results.Profile.Out.Writer.WriteLine(SeriesView.Json(scans));
        }
        else if (!run.IsQuiet)
        {
            results.Write(SeriesView.Create(scans));
        }

        return scans.Any(scan => scan.IsFault) ? CommandRunner.Fault
            : scans.Any(scan => scan.Problem is not null) ? CommandRunner.BadInput
            : 0;
    }

    private static PhasedScan Phase(PhaseRequest request, Run run, string label, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        string output = request.Output ?? OutputFolders.Unused(request.Source.Name);
        using OutputFolder folder = run.Folders.Reserve(output, ResultWriter.Names, request.Force);
        StageClock clock = new(time);
        IAnsiConsole errors = Consoles.CreateForErrors();
        IEnumerable<string> notes =
            run.IsQuiet || request.Source.Scan is not { } scan ? [] : RunNotes.OfRecord(scan).Select(FlagNames.Render);
        foreach (string note in notes)
        {
            errors.WriteLine($"note: {TerminalText.Clean(note)}", new Style(Color.Yellow));
        }

        PhasingProgressView view = new(errors, time, run.IsQuiet ? ProgressMode.Silent : ProgressMode.Automatic);
        ImagingResult result = view.Run(
            label,
            watch => run.Imager.Image(request.Source.Read(clock, cancellation), request.Options, watch, cancellation)
        );
        RunRecord record = new(run.CommandLine, time.GetLocalNow(), [.. result.Notes.Select(FlagNames.Render)]);
        (PhasingReport report, string json) = ResultWriter.Write(result, folder, record, cancellation);
        File.WriteAllText(folder.FilePath(ResultWriter.RunFile), request.RunFile);
        folder.Commit();
        return new PhasedScan(request.Source.Name)
        {
            Folder = output,
            Files = ResultWriter.NamesOf(result),
            Report = report,
            Json = json,
        };
    }

    /// <summary>What all scans of a command share.</summary>
    private sealed class Run(Imager imager, OutputFolders folders, string commandLine, bool isJson, bool isQuiet)
    {
        /// <summary>Borrowed.</summary>
        public Imager Imager { get; } = imager;

        public OutputFolders Folders { get; } = folders;

        public string CommandLine { get; } = commandLine;

        public bool IsJson { get; } = isJson;

        public bool IsQuiet { get; } = isQuiet;
    }
}
