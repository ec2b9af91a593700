using System.Diagnostics;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// The seed paper's measured crystal: chi of refinement against iterations alone, and the honest test, a fit of a thinned copy scored on the
/// photons it never saw.
/// </summary>
internal static class RefinedMeasuredTable
{
    private const int Seeds = 5;
    private const double Kept = 1.0 / 54;
    private static readonly RefineWithBlur Fast = new();
    private static readonly RefineWithBlur Coherent = Fast with { Coherence = CoherenceFit.Never };
    private static readonly Refine Unregularised = Fast.Refine with { Regularisers = [] };
    private static readonly RefineWithBlur Plain = Coherent with { Refine = Unregularised };
    private static readonly RefineWithBlur Poisson = Coherent with
    {
        Refine = Unregularised with
        {
            Misfit = new PoissonMisfit(),
            Optimiser = new ProximalGradient { StepLength = 0.3 },
        },
    };

    private static readonly (string Name, bool FromNetwork, RefineWithBlur? Refinement)[] Ways =
    [
        ("iterations alone, 620", false, null),
        ("**network, refinement (the default)**", true, Fast),
        ("network, refinement, fully coherent", true, Coherent),
        ("network, amplitudes, no total variation", true, Plain),
        ("network, Poisson, no total variation", true, Poisson),
        ("random, refinement (`--method refine`)", false, Fast),
        ("random, refinement, fully coherent", false, Coherent),
        ("random, amplitudes, no total variation", false, Plain),
        ("random, Poisson, no total variation", false, Poisson),
        ("random, the seed paper's refinement, 1000 Adam steps", false, Coherent with { Refine = Refine.Paper }),
    ];

    public static void Run(string results)
    {
        Measurement measurement = SeedCrystal.Source(results).Read(new StageClock(TimeProvider.System), default);
        using PreparedPattern prepared = PatternPreparer.Prepare(
            measurement.Stack,
            measurement.Corrections,
            SeedCrystal.Preparation,
            default
        );
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        (DiffractionPattern thinned, DiffractionPattern rest) = Thin(prepared.Pattern);
        List<string> rows = [];
        foreach ((string Name, bool, RefineWithBlur?) way in Ways)
        {
            // Compiled for good and its memory at hand before it is timed.
            _ = Seeded(prepared.Pattern, way, prepared.Pattern, predictor).ToArray();
            Outcome[] whole = [.. Seeded(prepared.Pattern, way, prepared.Pattern, predictor)];
            Outcome[] honest = [.. Seeded(thinned, way, rest, predictor)];
            string row =
                $"| {way.Name} | {Texts(whole.Select(found => $"{1e3 * found.Chi:F2}"))} | {Texts(whole.Select(found => $"{found.Voxels}"))} | "
                + $"{Median(whole.Select(found => found.Seconds)):F2} | {Texts(honest.Select(found => $"{1e3 * found.Chi:F2}"))} | "
                + $"{1e3 * Median(honest.Select(found => found.Chi)):F2} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        thinned.Dispose();
        rest.Dispose();
        string text = $"""
            # Refinement of the seed paper's measured crystal

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- refined-measured` ({get_num_threads()} threads): 64^3, 8.3e8 photons, seeds 1 to {Seeds} (of
            the free voxels, and of the random starts), one start each; from random starts refinement begins after `{RefinedPhasing.RecipeFromRandom}`, from the
            network after `{RefinedPhasing.RecipeFromObject}`; seconds are the median of whole runs, with the prediction, after as many that were not timed. chi in thousandths. The honest test fits
            a copy thinned binomially to 1/54 and scores chi on the other photons. Seconds compare within this run only.

            | way | chi of each seed | support, voxels | s | chi on unseen photons, each seed | median |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "refined-measured.md"), text + "\n");
    }

    private static IEnumerable<Outcome> Seeded(
        DiffractionPattern pattern,
        (string Name, bool FromNetwork, RefineWithBlur? Refinement) way,
        DiffractionPattern judge,
        Predictor predictor
    )
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using Tensor free = FreeVoxels.Choose(pattern, new ImagingOptions().FreeFraction, seed);
            long begin = Stopwatch.GetTimestamp();
            using PhasingProblem problem = new(pattern, free, CPU);
            using NetworkStart? predicted = way.FromNetwork ? predictor.Start(pattern) : null;
            Start start = predicted is null ? Start.Random(seed) : Start.From(predicted.Objects[0], Origins.Network);
            Iterate iterate = predicted is null ? RefinedPhasing.FromRandom : RefinedPhasing.FromObject;
            PhasingMethod method = way.Refinement is null ? new Iterate() : RefinedPhasing.Of(iterate, way.Refinement);
            using Reconstruction found = PhasingRun.ToTheEnd(problem, method, start, null, default);
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            long voxels = found.Support.ToBooleans().LongCount(inside => inside);
            yield return new Outcome(
                AmplitudeMisfits.Chi(found.Object, judge, found.CoherenceWidths).Chi,
                voxels,
                seconds
            );
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Seeds / 2);

    private static (DiffractionPattern Fitted, DiffractionPattern Unseen) Thin(DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(1);
        Tensor counts = pattern.Intensity.to(ScalarType.Float64);
        Tensor kept = binomial(counts, full_like(counts, Kept), generator);
        Tensor rest = counts - kept;
        return (
            new DiffractionPattern(kept.to(ScalarType.Float32), pattern.Mask.clone()),
            new DiffractionPattern(rest.to(ScalarType.Float32), pattern.Mask.clone())
        );
    }

    private static string Texts(IEnumerable<string> values) => string.Join(", ", values);

    private readonly record struct Outcome(double Chi, long Voxels, double Seconds);
}
