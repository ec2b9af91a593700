using System.CommandLine;
using Fringe.App.Reports;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Imaging;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Files;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe compare</c>: iterative phasing, the network, and the network with refinement side by side.</summary>
internal static class CompareCommand
{
    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        CompareOptions options = new();
        Command command = new(
            "compare",
            "Phase a measured Bragg peak in three ways and set them side by side: iterative, network, network and refinement."
        );
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellation) => Task.Run(() => Run(options, folders, parsed, cancellation), cancellation)
        );
        return command;
    }

    private static int Run(
        CompareOptions options,
        OutputFolders folders,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        TimeProvider time = TimeProvider.System;
        ComparisonOptions comparing = options.Read(parsed);
        MeasurementSource source = options.ReadSource(parsed);
        bool isJson = parsed.GetValue(options.Json);
        bool isQuiet = parsed.GetValue(options.Quiet) || isJson;
        string output = options.ReadOutput(parsed) ?? OutputFolders.Unused($"{source.Name}-compare");
        using OutputFolder folder = folders.Reserve(output, CompareWriter.Names, options.ReadForce(parsed));
        NativeRuntime.KeepMemory();
        StageClock clock = new(time);
        PhasingProgressView view = new(
            Consoles.CreateForErrors(),
            time,
            isQuiet ? ProgressMode.Silent : ProgressMode.Automatic
        );
        using Imager imager = Imager.Create(options.ReadImager(parsed));
        ComplexVolume? truth = options.ReadTruth(parsed) is { } path ? NpyFile.ReadComplex(path) : null;
        CrystalComparison comparison = view.Run(
            "compare",
            watch =>
                new MethodComparison(imager, comparing, watch, cancellation).Of(source.Read(clock, cancellation), truth)
        );
        RunRecord record = new(
            CommandLineText.Of(parsed),
            time.GetLocalNow(),
            [.. comparison.Notes.Select(FlagNames.Render)]
        );
        string json = CompareWriter.Write(comparison, clock, folder, record, options.ReadTruth(parsed), cancellation);
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
