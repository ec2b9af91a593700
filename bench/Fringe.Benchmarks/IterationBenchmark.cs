using System.Diagnostics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// The time of a phasing iteration (default recipe's algorithms, shrink-wrap every third iteration) as a multiple of one
/// forward plus one inverse FFT of the same size, both measured in turn in this process.
/// </summary>
internal static class IterationBenchmark
{
    private static readonly (int Length, int Iterations, int Rounds)[] Cases =
    [
        (64, 620, 5),
        (128, 620, 3),
        (256, 40, 3),
    ];

    public static void Run(string results)
    {
        List<string> rows = [];
        foreach ((int length, int iterations, int rounds) in Cases)
        {
            ProcessMemory.ResetPeak();
            using DiffractionPattern pattern = TestPattern.Create(length);
            TimePairs(pattern, 5);
            (double Pair, double Iteration)[] timed =
            [
                .. Enumerable
                    .Range(0, rounds)
                    .Select(_ => (TimePairs(pattern, iterations), TimeIterations(pattern, iterations))),
            ];
            double[] ratios = [.. timed.Select(time => time.Iteration / time.Pair).Order()];
            string row =
                $"| {length}^3 | {iterations} | {Median(timed.Select(time => time.Pair)):F2} | "
                + $"{Median(timed.Select(time => time.Iteration)):F2} | {ratios[ratios.Length / 2]:F2} | "
                + $"{ratios[0]:F2}-{ratios[^1]:F2} | {ProcessMemory.PeakGibibytes():F2} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # Time of a phasing iteration

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- iteration` on an idle machine ({Environment.ProcessorCount} cores,
            {get_num_threads()} threads). HIO and ER with shrink-wrap every third iteration; a pair is one forward and one inverse complex64
            FFT of the same size. Each round times the pairs, then as many iterations; medians of the rounds, in milliseconds.

            | size | iterations | pair, ms | iteration, ms | ratio | ratios of the rounds | peak memory, GiB |
            |---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            Peak memory is that of the whole process, which holds about 0.3 GiB of libtorch and .NET before it starts.
            """;
        File.WriteAllText(Path.Combine(results, "iteration.md"), text + "\n");
    }

    /// <summary>Milliseconds of a forward and an inverse transform.</summary>
    private static double TimePairs(DiffractionPattern pattern, int count)
    {
        using Tensor psi = pattern.Intensity.to(ScalarType.ComplexFloat32);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            fft.ifftn(fft.fftn(psi, norm: FFTNormType.Ortho), norm: FFTNormType.Ortho);
        }

        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / count;
    }

    /// <summary>Milliseconds of an iteration, from the first's end to the last's.</summary>
    internal static double TimeIterations(DiffractionPattern pattern, int count)
    {
        int stretch = count / 10;
        string recipe = $"{stretch}*ER+{5 * stretch}*HIO+{count - (6 * stretch)}*ER";
        Iterate method = new()
        {
            Recipe = PhasingRecipe.Parse(recipe, Iterate.DefaultBeta),
            ShrinkWrap = new ShrinkWrap { First = 3, Every = 3 },
        };
        using Tensor free = FreeVoxels.Choose(pattern, new ImagingOptions().FreeFraction, seed: 1);
        using PhasingProblem problem = new(pattern, free, CPU);
        long first = 0;
        long last = 0;
        PhasingRun.ToTheEnd(problem, method, Start.Random(1), Stamp, default).Dispose();
        return Stopwatch.GetElapsedTime(first, last).TotalMilliseconds / (count - 1);

        void Stamp(PhasingState state)
        {
            last = Stopwatch.GetTimestamp();
            first = state.Steps == 1 ? last : first;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
