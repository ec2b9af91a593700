using System.CommandLine;
using Fringe.App.Pictures;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Core;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Imaging.Network;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe phase</c>: from measured rocking curves to crystals, their figures and pictures.</summary>
internal static class PhaseCommand
{
    public static Command Build()
    {
        PhaseOptions options = new();
        Command command = new("phase", "Phase measured Bragg peaks: from file to crystal, figures and pictures.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(PhaseOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<PhaseRequest> requests = options.Read(parsed);
        bool isJson = parsed.GetValue(options.Json);
        bool isQuiet = parsed.GetValue(options.Quiet) || isJson;
        using WarmNetwork network = new();
        if (requests.Count > 1)
        {
            return RunSeries(requests, network, isJson, isQuiet, cancellation);
        }

        PhasedScan scan = Phase(requests[0], network, "phase", isQuiet, cancellation);
        IAnsiConsole results = Consoles.CreateForResults();
        if (isJson)
        {
            results.Profile.Out.Writer.WriteLine(scan.Json);
        }
        else if (!isQuiet)
        {
            bool hasUncertainty = scan.Report!.ShellCorrelation is not null;
            results.Write(
                ResultView.Create(scan.Report, scan.Folder!, ResultWriter.NamesOf(requests[0], hasUncertainty))
            );
        }

        return 0;
    }

    // A scan that cannot be phased does not stop those behind it.
    private static int RunSeries(
        IReadOnlyList<PhaseRequest> requests,
        WarmNetwork network,
        bool isJson,
        bool isQuiet,
        CancellationToken cancellation
    )
    {
        IAnsiConsole errors = Consoles.CreateForErrors();
        List<PhasedScan> scans = [];
        foreach (PhaseRequest request in requests)
        {
            string name = PhasePipeline.SampleName(request);
            try
            {
                scans.Add(Phase(request, network, $"{scans.Count + 1}/{requests.Count} {name}", isQuiet, cancellation));
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
                string problem = isFault ? $"{name}: fault of the program: {error.Message}" : error.Message;
                scans.Add(new PhasedScan(name) { Problem = problem, IsFault = isFault });
                errors.Profile.Out.Writer.WriteLine($"fringe: {TerminalText.Clean(problem)}");
            }
        }

        IAnsiConsole results = Consoles.CreateForResults();
        if (isJson)
        {
            results.Profile.Out.Writer.WriteLine(SeriesView.Json(scans));
        }
        else if (!isQuiet)
        {
            results.Write(SeriesView.Create(scans));
        }

        return scans.Any(scan => scan.IsFault) ? CommandRunner.Fault
            : scans.Any(scan => scan.Problem is not null) ? CommandRunner.BadInput
            : 0;
    }

    private static PhasedScan Phase(
        PhaseRequest request,
        WarmNetwork network,
        string stage,
        bool isQuiet,
        CancellationToken cancellation
    )
    {
        TimeProvider time = TimeProvider.System;
        string output = request.Output ?? OutputFolder.Unused(PhasePipeline.SampleName(request));
        using OutputFolder folder = OutputFolder.Reserve(output, ResultWriter.Names, request.Force);
        StageClock clock = new(time);
        IAnsiConsole errors = Consoles.CreateForErrors();
        foreach (string note in isQuiet ? [] : request.Scan?.Contradictions ?? [])
        {
            errors.WriteLine($"note: {TerminalText.Clean(note)}", new Style(Color.Yellow));
        }

        PhasingProgressView view = new(errors, time, isQuiet ? ProgressMode.Silent : ProgressMode.Automatic);
        using PhasedSample sample = PhasePipeline.Run(request, network, clock, view.Show, stage, cancellation);
        (PhasingReport report, string json) = ResultWriter.Write(
            sample,
            request,
            clock,
            folder,
            time.GetLocalNow(),
            cancellation
        );
        folder.Commit();
        return new PhasedScan(sample.Name)
        {
            Folder = output,
            Report = report,
            Json = json,
        };
    }
}
