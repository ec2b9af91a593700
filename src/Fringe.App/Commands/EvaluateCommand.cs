using System.CommandLine;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.App.Writing;
using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Formats.Crystals;
using Fringe.Imaging.Files;
using Fringe.Imaging.Network;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Evaluation;
using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe evaluate</c>: how good a network is on crystals it never saw.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string?> Data = OptionOf.Text("--data", "DIR", "Crystals of fringe simulate.");

    private static readonly Option<string> Split = new("--split")
    {
        Description = "Which of them; all only for a set that was not trained on.",
        DefaultValueFactory = _ => "test",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Folder for evaluation.json and pictures.",
        HelpName = "DIR",
    };

    private static readonly Option<string> Photons = new("--photons")
    {
        Description = "Photons of a pattern; the first value is what pictures show.",
        HelpName = "N[,N...]",
        DefaultValueFactory = _ => "1e7",
    };

    private static readonly Option<string?> Weights = OptionOf.Text(
        "--weights",
        "FILE",
        "Weights of a network (safetensors). Default: those that ship."
    );

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Replace a result in the output folder.",
    };

    private static readonly Option<int?> Threads = ThreadsOption.Create();

    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        Split.AcceptOnlyFromAmong("test", "validation", "all");
        Command command = new("evaluate", "Judge a network by simulated crystals it never saw.")
        {
            Data,
            Split,
            Output,
            Photons,
            Weights,
            Force,
            Threads,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(folders, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(OutputFolders folders, ParseResult parsed, CancellationToken cancellation)
    {
        string data = parsed.GetValue(Data) ?? throw new InputException("--data is missing; name a folder of crystals");
        string output =
            parsed.GetValue(Output) ?? throw new InputException("--output is missing; name a folder for the result");
        double[] photons = NumberList.Numbers("--photons", parsed.GetValue(Photons), 1, 10)!;
        if (photons.Any(count => count is not (>= 100 and <= 1e15)) || parsed.GetValue(Threads) is < 1 or > 1024)
        {
            throw new InputException("--photons must be 100 to 1e15, --threads 1 to 1024");
        }

        CrystalSet set = CrystalSet.Read(data, cancellation);
        IReadOnlyList<CrystalRecord> crystals = parsed.GetValue(Split) switch
        {
            "all" => set.All,
            "validation" => set.Of(CrystalSplit.Validation),
            _ => set.Of(CrystalSplit.Test),
        };
        using OutputFolder folder = folders.Reserve(output, EvaluationWriter.Names, parsed.GetValue(Force));
        NativeRuntime.KeepMemory();
        ThreadLimit.Set(parsed.GetValue(Threads) ?? Environment.ProcessorCount);
        (PhasingNetwork network, IReadOnlyDictionary<string, string> about) = ShippedNetwork.Load(
            parsed.GetValue(Weights)
        );
        using Predictor predictor = new(network);
        Evaluator evaluator = new(predictor, EvaluationWriter.Seed);
        List<ExampleScore> scores = [];
        Consoles
            .CreateForErrors()
            .Progress()
            .AutoClear(true)
            .Start(context =>
            {
                ProgressTask task = context.AddTask("crystals", maxValue: crystals.Count * photons.Length);
                foreach (double count in photons)
                {
                    foreach (CrystalRecord crystal in crystals)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        scores.Add(evaluator.Score(crystal, count, withSpread: count == photons[0]));
                        task.Increment(1);
                    }
                }
            });
        string summary = EvaluationWriter.Write(scores, crystals, evaluator, about, set.Hash, folder);
        folder.Commit();
        Consoles.CreateForResults().Profile.Out.Writer.WriteLine(summary);
        return 0;
    }
}
