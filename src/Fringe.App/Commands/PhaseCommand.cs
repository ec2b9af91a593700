using System.CommandLine;
using Fringe.App.Phasing;
using Fringe.App.Reports;
using Fringe.Core.PhaseRetrieval;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe phase</c>: from a measured rocking curve to the crystal, its figures and pictures.</summary>
internal static class PhaseCommand
{
    public static Command Build()
    {
        PhaseOptions options = new();
        Command command = new("phase", "Phase a measured Bragg peak: from file to crystal, figures and pictures.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(PhaseOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        PhaseRequest request = options.Read(parsed);
        bool isJson = parsed.GetValue(options.Json);
        bool isQuiet = parsed.GetValue(options.Quiet) || isJson;
        string output = request.Output ?? OutputFolder.Unused(PhasePipeline.SampleName(request));
        using OutputFolder folder = OutputFolder.Reserve(output, ResultWriter.Names, request.Force);
        StageClock clock = new(time);
        PhasingProgressView view = new(
            Terminal.CreateForErrors(),
            time,
            isQuiet ? ProgressMode.Silent : ProgressMode.Automatic
        );
        using PhasedSample sample = PhasePipeline.Run(
            request,
            clock,
            phase => view.Run<PhasingResult>("phase", phase),
            cancellation
        );
        (PhasingReport report, string json) = ResultWriter.Write(
            sample,
            request,
            clock,
            folder,
            time.GetLocalNow(),
            cancellation
        );
        folder.Commit();
        IAnsiConsole results = Terminal.CreateForResults();
        if (isJson)
        {
            results.Profile.Out.Writer.WriteLine(json);
        }
        else if (!isQuiet)
        {
            results.Write(ResultView.Create(report, output, ResultWriter.Names));
        }

        return 0;
    }
}
