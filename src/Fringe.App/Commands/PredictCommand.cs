using System.CommandLine;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe predict</c>: from measured files to objects in milliseconds each.</summary>
internal static class PredictCommand
{
    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        PredictOptions options = new();
        Command command = new("predict", "Predict the crystal of a measured Bragg peak with the network.");
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellation) => Task.Run(() => Run(options, folders, parsed, cancellation), cancellation)
        );
        return command;
    }

    private static int Run(
        PredictOptions options,
        OutputFolders folders,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        PreparationOptions prepare = options.Read(parsed);
        string[] files = parsed.GetValue(options.Inputs) ?? [];
        UnknownOption.Refuse(files, "predict");
        string output =
            parsed.GetValue(options.Output)
            ?? throw new InputException("--output is missing; name a folder for the predictions");
        MeasurementSource[] sources =
        [
            .. files.Select(file => options.Preparation.ReadSource(parsed) with { Input = file }),
        ];
        if (sources.Length == 0)
        {
            throw new InputException("name a file to predict");
        }

        string[] names = [.. sources.Select(source => source.Name)];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new InputException("two files have the same name without their ending; predict them one by one");
        }

        NativeRuntime.KeepMemory();
        NativeRuntime.PrepareToRead();
        using Imager imager = Imager.Create(
            new ImagerOptions
            {
                Threads = parsed.GetValue(options.Threads),
                WeightsPath = parsed.GetValue(options.Weights),
            }
        );
        imager.Network.Begin();
        for (int i = 0; i < sources.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string place = sources.Length == 1 ? output : Path.Combine(output, names[i]);
            using OutputFolder folder = folders.Reserve(place, PredictionWriter.Names, parsed.GetValue(options.Force));
            Measurement measurement = sources[i].Read(new StageClock(TimeProvider.System), cancellation);
            PredictedMeasurement predicted = Predict(imager, measurement, prepare, cancellation);
            string json = PredictionWriter.Write(predicted, CommandLineText.Of(parsed), folder);
            folder.Commit();
            Show(predicted, json, place, options, parsed);
        }

        return 0;
    }

    private static PredictedMeasurement Predict(
        Imager imager,
        Measurement measurement,
        PreparationOptions prepare,
        CancellationToken cancellation
    )
    {
        try
        {
            return imager.Predict(measurement, prepare, cancellation);
        }
        catch (InputException error)
        {
            // What is wrong with the network is not the file's fault.
            imager.LoadNetwork();
            throw InputException.ForFile(measurement.Input, error.Message, inner: error);
        }
    }

    private static void Show(
        PredictedMeasurement predicted,
        string json,
        string place,
        PredictOptions options,
        ParseResult parsed
    )
    {
        IAnsiConsole results = Consoles.CreateForResults();
        if (parsed.GetValue(options.Json))
        {
            results.Profile.Out.Writer.WriteLine(json);
        }
        else if (!parsed.GetValue(options.Quiet))
        {
            string doubt = predicted.Network.Doubt is { } reason ? $"  not to be trusted: {reason}" : "";
            results.Profile.Out.Writer.WriteLine(
                FormattableString.Invariant(
                    $"{predicted.Measurement.Name}: chi {predicted.Chi:G3} ({predicted.Network.Chi:G3} at 32^3), spread {predicted.Network.Spread:G3}, {1000 * predicted.Seconds:F1} ms, in {place}{doubt}"
                )
            );
        }
    }
}
