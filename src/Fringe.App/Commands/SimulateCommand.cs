using System.CommandLine;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Imaging.Files;
using Fringe.Simulation.Lammps;
using Fringe.Simulation.TrainingSet;

namespace Fringe.App.Commands;

/// <summary><c>fringe simulate</c>: crystals with the material's own strain, for training and testing.</summary>
internal static class SimulateCommand
{
    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        SimulateOptions options = new();
        Command command = new(
            "simulate",
            "Make training data: crystals cut, strained and relaxed by LAMMPS; scan makes detector frames of a known crystal."
        );
        options.AddTo(command);
        command.Add(SimulateMergeCommand.Build());
        command.Add(SimulateReportCommand.Build());
        command.Add(SimulateScanCommand.Build(folders));
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(SimulateOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        string output =
            parsed.GetValue(options.Output)
            ?? throw new InputException("--output is missing; name a folder for the set, such as -o crystals");
        TrainingSetOptions run = options.Read(parsed);
        LammpsInstallation lammps = LammpsInstallation.Find(
            parsed.GetValue(options.Lammps),
            parsed.GetValue(options.Potential)
        );
        TimeProvider time = TimeProvider.System;
        bool isQuiet = parsed.GetValue(options.Quiet);
        SimulationProgressView view = new(
            Consoles.CreateForErrors(),
            time,
            isQuiet ? ProgressMode.Silent : ProgressMode.Automatic
        );
        long start = time.GetTimestamp();
        SimulationProgress last;
        try
        {
            last = view.Run(progress =>
                new TrainingSetGenerator(lammps, run, time).Run(output, ProgramVersion(), progress, cancellation)
            );
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(
                $"interrupted; finished crystals are kept in {output}: the same command goes on"
            );
        }

        if (!isQuiet)
        {
            Consoles.CreateForResults().Write(SimulationView.Create(last, run, time.GetElapsedTime(start), output));
        }

        return 0;
    }

    // Without the commit: a set goes on with the next build of the same version.
    private static string ProgramVersion() =>
        typeof(SimulateCommand).Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
