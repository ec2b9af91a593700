using System.Diagnostics;
using Fringe.Core.Metrics;
using Fringe.Formats.Crystals;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using Fringe.Learning.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// A small search over the network's inputs, width and depth: each variant learns from the same few examples, and is judged by crystals it
/// never saw and by the time of a prediction.
/// </summary>
internal static class NetworkSearch
{
    private const int Batch = 8;
    private const double Photons = 1e7;
    private const double Rate = 1e-3;
    private const int Judged = 60;

    private static readonly FringeOptions Base = new();

    private static readonly (string Name, FringeOptions Options)[] Variants =
    [
        ("**the default**", Base),
        ("inputs: log amplitude and mask alone", Base with { Inputs = 2 }),
        ("no correction", Base with { Corrections = 0 }),
        ("1 correction", Base with { Corrections = 1 }),
        ("no projections before a correction", Base with { Projections = 0 }),
        ("3 projections", Base with { Projections = 3 }),
        ("narrow guess: 24, 64, 96", Base with { Guess = new(24, 64, 96, 1, 1) }),
        ("deep guess: 2 encoder, 3 coarse blocks", Base with { Guess = new(32, 96, 128, 2, 3) }),
        ("wide correction: 48, 96, 128", Base with { Correction = new(48, 96, 128, 0, 1) }),
    ];

    /// <param name="results">Folder of the table.</param>
    /// <param name="folder">Crystals of <c>fringe simulate</c>.</param>
    /// <param name="examples">That each variant learns from; 0 = times alone.</param>
    public static void Run(string results, string folder, int examples)
    {
        CrystalSet set = CrystalSet.Read(folder, default);
        List<string> rows = [];
        foreach ((string name, FringeOptions options) in Variants)
        {
            using Generator first = new(1);
            using FringeNetwork network = new(options, first);
            long weights = network.parameters().Sum(parameter => parameter.numel());
            Train(network, set.Of(CrystalSplit.Train), examples);
            using Predictor predictor = new(network);
            string row =
                $"| {name} | {weights / 1e6:F2} | {Judge(predictor, set.Of(CrystalSplit.Test), examples)} | {Milliseconds(predictor):F1} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # Search over the network's inputs, width and depth

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- search FOLDER {examples}`: every variant learns from the same {examples} examples
            (half made up, half cut from the training crystals of FOLDER, `fringe simulate`), from the same seed, and is judged by {Math.Min(
                Judged,
                set.Of(CrystalSplit.Test).Count
            )} test crystals at
            1e7 photons. Real-space errors, medians and 95th percentiles; milliseconds of a prediction, median ({get_num_threads()} threads).

            | variant | weights, millions | median | 95th percentile | of the network alone | ms |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "network-search.md"), text + "\n");
    }

    private static void Train(FringeNetwork network, IReadOnlyList<CrystalRecord> crystals, int examples)
    {
        MixedCrystals source = new(new ProceduralCrystals(), new AtomisticCrystals(crystals), 0.5);
        ExampleMaker maker = new(source, new MeasurementOptions(), NetworkInput.Size, 1);
        using ScalarSafeAdam adam = new(network.parameters(), Rate, 0.9, 0.99);
        ReconstructionLoss loss = new(new LossOptions());
        for (int first = 0; first < examples; first += Batch)
        {
            using var scope = NewDisposeScope();
            using ExampleBatch batch = maker.Make(first, Batch);
            double left = 1 - ((double)first / examples);
            foreach (var group in adam.ParamGroups)
            {
                group.LearningRate = Rate * Math.Min(1, 2 * left) * Math.Min(1, (first + Batch) / 400.0);
            }

            adam.zero_grad();
            PatternInput input = PatternInput.Of(batch.Intensity, batch.Mask);
            network
                .Predict(input, ScalarType.BFloat16)
                .Select(psi => loss.Of(psi, batch.Target, input).mean())
                .Aggregate((sum, next) => sum + next)
                .backward();
            nn.utils.clip_grad_norm_(network.parameters(), 1);
            adam.step();
        }
    }

    private static string Judge(Predictor predictor, IReadOnlyList<CrystalRecord> crystals, int examples)
    {
        if (examples == 0)
        {
            return "- | - | -";
        }

        List<double> errors = [];
        List<double> raw = [];
        foreach (CrystalRecord crystal in crystals.Take(Judged))
        {
            using var scope = NewDisposeScope();
            AtomisticCrystals source = new([crystal]);
            using ExampleBatch example = new ExampleMaker(
                source,
                MeasurementOptions.Clean(Photons),
                NetworkInput.Size,
                crystal.Index
            ).Make(0, 1);
            errors.Add(RealSpaceError.Of(predictor.Predict(example.Intensity, example.Mask)[0], example.Target[0]));
            raw.Add(RealSpaceError.Of(predictor.PredictRaw(example.Intensity, example.Mask)[0], example.Target[0]));
        }

        errors.Sort();
        raw.Sort();
        return $"{errors[errors.Count / 2]:F3} | {errors[(int)(0.95 * (errors.Count - 1))]:F3} | {raw[raw.Count / 2]:F3}";
    }

    private static double Milliseconds(Predictor predictor)
    {
        using ExampleBatch example = new ExampleMaker(
            new ProceduralCrystals(),
            MeasurementOptions.Clean(Photons),
            NetworkInput.Size,
            1
        ).Make(0, 1);
        double[] times = new double[40];
        for (int i = -5; i < times.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            predictor.Predict(example.Intensity, example.Mask).Dispose();
            times[Math.Max(0, i)] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }
}
