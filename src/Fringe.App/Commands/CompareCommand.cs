using System.CommandLine;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Imaging;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Files;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe compare</c>: iterative phasing, the network, and the network with refinement side by side.</summary>
internal static class CompareCommand
{
    public static Command Build()
    {
        CompareOptions options = new();
        Command command = new(
            "compare",
            "Phase a measured Bragg peak in three ways and set them side by side: iterative, network, network and refinement."
        );
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(CompareOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        CompareRequest request = options.Read(parsed);
        PhaseRequest measurement = request.Measurement;
        bool isJson = parsed.GetValue(options.Json);
        bool isQuiet = parsed.GetValue(options.Quiet) || isJson;
        string output = measurement.Output ?? OutputFolder.Unused($"{PhasePipeline.SampleName(measurement)}-compare");
        using OutputFolder folder = OutputFolder.Reserve(output, CompareWriter.Names, measurement.Force);
        NativeRuntime.KeepMemory();
        StageClock clock = new(time);
        PhasingProgressView view = new(
            Consoles.CreateForErrors(),
            time,
            isQuiet ? ProgressMode.Silent : ProgressMode.Automatic
        );
        CrystalComparison comparison = ComparePipeline.Run(request, clock, view.Run, cancellation);
        string json = CompareWriter.Write(comparison, request, clock, folder, time.GetLocalNow(), cancellation);
        folder.Commit();
        IAnsiConsole results = Consoles.CreateForResults();
        if (isJson)
        {
            results.Profile.Out.Writer.WriteLine(json);
        }
        else if (!isQuiet)
        {
            results.Write(CompareView.Create(comparison, clock.Stages, output, CompareWriter.Names));
        }

        return 0;
    }
}
