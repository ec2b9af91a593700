using System.CommandLine;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Core;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Preparation;
using Fringe.Formats.Arrays;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Imaging.Network;
using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using Spectre.Console;
using TorchSharp;

namespace Fringe.App.Commands;

/// <summary><c>fringe predict</c>: from measured files to objects in milliseconds each.</summary>
internal static class PredictCommand
{
    public static Command Build()
    {
        PredictOptions options = new();
        Command command = new("predict", "Predict the crystal of a measured Bragg peak with the network.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(PredictOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        PreparationOptions prepare = options.Read(parsed);
        string[] files = parsed.GetValue(options.Inputs) ?? [];
        UnknownOption.Refuse(files, "predict");
        string output =
            parsed.GetValue(options.Output)
            ?? throw new InputException("--output is missing; name a folder for the predictions");
        PhaseRequest[] requests = [.. files.Select(file => Request(file, prepare, options, parsed))];
        if (requests.Length == 0)
        {
            throw new InputException("name a file to predict");
        }

        string[] names = [.. requests.Select(PhasePipeline.SampleName)];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new InputException("two files have the same name without their ending; predict them one by one");
        }

        NativeRuntime.KeepMemory();
        torch.set_num_threads(parsed.GetValue(options.Threads) ?? Environment.ProcessorCount);
        (PhasingNetwork network, IReadOnlyDictionary<string, string> about) = ShippedNetwork.Load(
            parsed.GetValue(options.Weights)
        );
        using Predictor predictor = new(network);
        for (int i = 0; i < requests.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string place = requests.Length == 1 ? output : Path.Combine(output, names[i]);
            using OutputFolder folder = OutputFolder.Reserve(place, PredictionWriter.Names, requests[i].Force);
            using PredictedSample sample = Predict(requests[i], names[i], predictor, cancellation);
            string json = PredictionWriter.Write(sample, about, requests[i].CommandLine, folder);
            folder.Commit();
            Show(sample, json, place, options, parsed);
        }

        return 0;
    }

    private static PredictedSample Predict(
        PhaseRequest request,
        string name,
        Predictor predictor,
        CancellationToken cancellation
    )
    {
        (MeasuredStack stack, PreparationOptions prepare) = PhasePipeline.Read(request, cancellation);
        PreparedPattern prepared = PatternPreparer.Prepare(stack.Intensity, prepare, cancellation);
        try
        {
            return PredictedSample.Of(name, prepared, predictor, TimeProvider.System);
        }
        catch (InputException error)
        {
            prepared.Dispose();
            throw InputException.ForFile(request.Input!, error.Message, inner: error);
        }
    }

    private static void Show(
        PredictedSample sample,
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
            string doubt = TrustLimits.Doubt(sample.Found) is { } reason ? $"  not to be trusted: {reason}" : "";
            results.Profile.Out.Writer.WriteLine(
                FormattableString.Invariant(
                    $"{sample.Name}: chi {sample.Chi:G3} ({sample.Found.Chi:G3} at 32^3), spread {sample.Found.Spread:G3}, {1000 * sample.PredictSeconds:F1} ms, in {place}{doubt}"
                )
            );
        }
    }

    private static PhaseRequest Request(
        string file,
        PreparationOptions prepare,
        PredictOptions options,
        ParseResult parsed
    )
    {
        PhaseRequest request = new()
        {
            Input = file,
            Force = parsed.GetValue(options.Force),
            Preparation = prepare,
            Phasing = new PhasingOptions(),
            CommandLine = CommandLineText.Of(parsed),
        };
        return options.Preparation.WithFiles(request, parsed);
    }
}
