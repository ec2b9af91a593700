using System.Diagnostics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>Time of a refinement step at three sizes, as a multiple of a pair of transforms, both measured in turn in this process.</summary>
internal static class RefinedScaleTable
{
    private const int Rounds = 3;
    private static readonly (int Length, int Steps)[] Cases = [(64, 100), (128, 40), (256, 8)];

    private static readonly (string Name, Optimiser Optimiser, Misfit Misfit)[] Ways =
    [
        ("proximal gradient, fused (the default)", new ProximalGradient(), new AmplitudeMisfit()),
        ("Adam, fused", new Adam(), new AmplitudeMisfit()),
        (
            "proximal gradient, Poisson misfit by autodiff",
            new ProximalGradient { StepLength = 0.3 },
            new PoissonMisfit()
        ),
    ];

    public static void Run(string results)
    {
        List<string> rows = [];
        foreach ((int length, int steps) in Cases)
        {
            using DiffractionPattern pattern = TestPattern.Create(length);
            using Tensor psi = pattern.Intensity.sqrt().to(ScalarType.ComplexFloat32);
            using Tensor start = fft.ifftn(psi);
            using Tensor support = new InitialSupport().Draw(pattern);
            foreach ((string name, Optimiser optimiser, Misfit misfit) in Ways)
            {
                ProcessMemory.ResetPeak();
                Refine method = new()
                {
                    Optimiser = optimiser,
                    Misfit = misfit,
                    Steps = steps,
                    ExtraSteps = 0,
                };
                (double Pair, double Step)[] timed =
                [
                    .. Enumerable
                        .Range(0, Rounds)
                        .Select(_ => (TimePairs(start, steps), TimeSteps(pattern, start, support, method))),
                ];
                double[] ratios = [.. timed.Select(time => time.Step / time.Pair).Order()];
                string row =
                    $"| {length}^3 | {name} | {timed.Min(time => time.Pair):F2} | {timed.Min(time => time.Step):F2} | "
                    + $"{ratios[Rounds / 2]:F2} | {ProcessMemory.PeakGibibytes():F2} |";
                AnsiConsole.WriteLine(row);
                rows.Add(row);
            }
        }

        string text = $"""
            # Time of a refinement step

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- refined-scale` ({Environment.ProcessorCount} cores, {get_num_threads()} threads):
            a step with total variation, redrawing and judging included, and a pair of complex64 transforms of the same size, in turn; least
            of {Rounds} rounds in milliseconds, the ratio is the median of the rounds.

            | size | way | pair, ms | step, ms | ratio | peak memory, GiB |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}

            Peak memory is that of the whole process, which holds about 0.3 GiB of libtorch and .NET before it starts.
            """;
        File.WriteAllText(Path.Combine(results, "refined-scale.md"), text + "\n");
    }

    private static double TimePairs(Tensor psi, int count)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            fft.ifftn(fft.fftn(psi, norm: FFTNormType.Ortho), norm: FFTNormType.Ortho);
        }

        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / count;
    }

    private static double TimeSteps(DiffractionPattern pattern, Tensor psi, Tensor support, Refine method)
    {
        using Tensor free = FreeVoxels.Choose(pattern, new ImagingOptions().FreeFraction, seed: 1);
        using PhasingProblem problem = new(pattern, free, CPU);
        using PhasingRun run = PhasingRun.Begin(problem, method, Start.From(psi, "pattern", support));
        long begin = Stopwatch.GetTimestamp();
        run.ToTheEnd(null, default);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / run.Steps;
    }
}
