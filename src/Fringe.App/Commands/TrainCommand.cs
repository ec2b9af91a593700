using System.CommandLine;
using System.Reflection;
using Fringe.App.Pictures;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Formats.SafeTensors;
using Fringe.Imaging.Files;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Training;

namespace Fringe.App.Commands;

/// <summary><c>fringe train</c>: trains a network, or goes on with it.</summary>
internal static class TrainCommand
{
    public const string Name = "train";

    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        TrainOptions options = new();
        Command command = new(
            Name,
            "Train a network on simulated or phased crystals; the same command goes on after a stop."
        );
        options.AddTo(command);
        command.Add(TrainDatasetCommand.Build(folders));
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(TrainOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        string output =
            parsed.GetValue(options.Output)
            ?? throw new InputException("--output is missing; name a folder for the training");
        (TrainingOptions training, MeasurementOptions measurement) = options.Read(parsed);
        NativeRuntime.KeepMemory();
        ThreadLimit.Set(parsed.GetValue(options.Threads) ?? Environment.ProcessorCount);
        TrainingCrystals crystals = TrainingCrystals.Read(
            parsed.GetValue(options.Data),
            options.ProceduralShare(parsed),
            cancellation
        );
        (SafeTensorsContent, string)? from = parsed.GetValue(options.From) is { } path
            ? (SafeTensorsFile.Read(path), path)
            : null;
        CreateFolder(output);
        using TrainingLoop loop = new(training, crystals.Learn, crystals.Judge, measurement, TimeProvider.System);
        TrainingFolder folder = new(
            output,
            crystals.Name,
            from,
            new Dictionary<string, string> { ["program_version"] = ProgramVersion() },
            TimeProvider.System
        );
        bool isQuiet = parsed.GetValue(options.Quiet);
        TrainingProgressView view = new(
            Consoles.CreateForErrors(),
            TimeProvider.System,
            isQuiet ? ProgressMode.Silent : ProgressMode.Automatic
        );
        TrainingOutcome outcome;
        try
        {
            outcome = view.Run(progress => folder.Run(loop, progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"interrupted; a checkpoint is kept in {output}: the same command goes on");
        }

        TrainingCurvePicture.Write(output);
        return Report(outcome, crystals.JudgeName, output, isQuiet);
    }

    private static int Report(TrainingOutcome outcome, string judges, string output, bool isQuiet)
    {
        string? failure = outcome.Stop switch
        {
            TrainingStop.NonFinite => "the loss was no number",
            TrainingStop.DeadOutput => "the network's output was empty",
            TrainingStop.Diverged => "the validation's loss rose far above its best",
            _ => null,
        };
        if (failure is not null)
        {
            throw new InputException(
                $"training stopped at step {outcome.Step}: {failure}; try a smaller --rate. {output} holds the best weights so far, if any"
            );
        }

        if (!isQuiet && outcome.History.Count > 0)
        {
            EpochRecord last = outcome.History[^1];
            Consoles
                .CreateForResults()
                .Profile.Out.Writer.WriteLine(
                    FormattableString.Invariant(
                        $"{last.Samples} examples seen; validation on {judges}: median error {last.MedianError:F3}, 95th percentile {last.WorstError:F3}; weights in {output}"
                    )
                );
        }

        return 0;
    }

    private static void CreateFolder(string output)
    {
        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{output}: cannot be written ({error.Message}); choose another --output", error);
        }
    }

    // With the commit, which the build appends.
    private static string ProgramVersion() =>
        typeof(TrainCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";
}
