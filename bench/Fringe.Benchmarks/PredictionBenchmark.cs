using System.Diagnostics;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using Fringe.Learning.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// Time of a warm prediction beside that of 620 iterations of phasing at 64^3, throughput of batches, and training's rate beside what its
/// convolutions alone could do, all in one run.
/// </summary>
internal static class PredictionBenchmark
{
    private const int Repeats = 50;
    private const int Batch = 16;
    private const int TrainingBatch = 8;

    // Of the forward pass of the fringe network at 32^3, its convolutions alone; a training step is three times as much.
    private const double ForwardGigaflops = 5.0;

    public static void Run(string results)
    {
        using ExampleBatch examples = new ExampleMaker(
            new ProceduralCrystals(),
            MeasurementOptions.Clean(1e7),
            NetworkInput.Size,
            1
        ).Make(0, Batch);
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        Tensor one = examples.Intensity.narrow(0, 0, 1);
        Tensor mask = examples.Mask.narrow(0, 0, 1);
        double single = Median(Repeats, () => predictor.Predict(one, mask).Dispose());
        double raw = Median(Repeats, () => predictor.PredictRaw(one, mask).Dispose());
        double batch = Median(5, () => predictor.Predict(examples.Intensity, examples.Mask).Dispose());
        using DiffractionPattern pattern = TestPattern.Create(64);
        double phasing = 620 * IterationBenchmark.TimeIterations(pattern, 620);
        double convolution = ConvolutionRate();
        double step = TrainingStep();
        double used = 3 * ForwardGigaflops * TrainingBatch / (step / 1000);
        string text = FormattableString.Invariant(
            $"""
            # Prediction and training: times

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- prediction` ({Environment.ProcessorCount} cores, {get_num_threads()} threads). Medians, warm, pattern in
            memory, bfloat16 convolutions.

            | what | milliseconds |
            |---|---|
            | prediction at 32^3, with its last steps of phase retrieval | {single:F1} |
            | the network alone | {raw:F1} |
            | a batch of {Batch}, for each | {batch / Batch:F1} |
            | 620 iterations of phasing at 64^3, same run | {phasing:F0} |
            | their ratio | {phasing / single:F0} |
            | a training step's example | {step / TrainingBatch:F1} |

            Training: {1000
                * TrainingBatch
                / step:F1} examples a second, {used:F0} GFLOP/s of convolutions; a single 64 -> 64 convolution at 16^3, forward and
            backward, reaches {convolution:F0} GFLOP/s: {100 * used / convolution:F0} % of it.
            """
        );
        AnsiConsole.WriteLine(text);
        File.WriteAllText(Path.Combine(results, "prediction.md"), text + "\n");
    }

    private static double Median(int repeats, Action act)
    {
        // Warm: compiled for good, memory at hand.
        for (int i = 0; i < Math.Max(2, repeats); i++)
        {
            act();
        }

        double[] times = new double[repeats];
        for (int i = 0; i < repeats; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            act();
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[repeats / 2];
    }

    private static double TrainingStep()
    {
        ExampleMaker maker = new(new ProceduralCrystals(), new MeasurementOptions(), NetworkInput.Size, 1);
        using PhasingNetwork network = NetworkPreset.Create(NetworkPreset.Names[0]);
        using ScalarSafeAdam adam = new(network.parameters(), 1e-4, 0.9, 0.99);
        ReconstructionLoss loss = new(new LossOptions());
        long number = 0;
        return Median(
            10,
            () =>
            {
                using var scope = NewDisposeScope();
                using ExampleBatch examples = maker.Make(number, TrainingBatch);
                number += TrainingBatch;
                adam.zero_grad();
                PatternInput input = PatternInput.Of(examples.Intensity, examples.Mask);
                network
                    .Predict(input, ScalarType.BFloat16)
                    .Select(psi => loss.Of(psi, examples.Target, input).mean())
                    .Aggregate((sum, next) => sum + next)
                    .backward();
                adam.step();
            }
        );
    }

    private static double ConvolutionRate()
    {
        using var scope = NewDisposeScope();
        Tensor input = randn([TrainingBatch, 16, 16, 16, 64]).to(ScalarType.BFloat16).permute(0, 4, 1, 2, 3);
        Tensor weight = randn([64, 64, 3, 3, 3]).to(ScalarType.BFloat16);
        input.requires_grad_(true);
        weight.requires_grad_(true);
        double milliseconds = Median(
            10,
            () =>
            {
                using var inner = NewDisposeScope();
                nn.functional.conv3d(input, weight, padding: [1, 1, 1]).sum().backward();
            }
        );
        return 3 * 2 * 27.0 * 64 * 64 * 4096 * TrainingBatch / 1e6 / milliseconds;
    }
}
