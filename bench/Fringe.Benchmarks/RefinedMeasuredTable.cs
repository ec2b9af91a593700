using System.Diagnostics;
using Fringe.Core.Metrics;
using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Preparation;
using Fringe.Core.Refinement;
using Fringe.Core.Volumes;
using Fringe.Formats;
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
    private static readonly RefinementOptions Fast = new();
    private static readonly RefinementOptions Plain = Fast with { Regularisers = [new TotalVariation()] };

    private static readonly (string Name, RefinementOptions? Refinement)[] Ways =
    [
        ("**amplitudes, total variation annealed (the default)**", Fast),
        ("amplitudes, no total variation", Plain),
        (
            "Poisson, no total variation",
            Plain with
            {
                Misfit = new PoissonMisfit(),
                Optimiser = new ProximalGradient { StepLength = 0.3 },
            }
        ),
        ("the default, ending at a weight of 0.005", Ending(0.005)),
        ("the default, ending at a weight of 0.01", Ending(0.01)),
        ("the default, ending at a weight of 0.02", Ending(0.02)),
        ("iterations alone, 620", null),
        ("the seed paper's refinement, 1000 Adam steps", RefinementOptions.Paper),
    ];

    public static void Run(string results)
    {
        string data = Path.GetFullPath(Path.Combine(results, "..", "..", "..", "shared", "data", "seed-crystal"));
        MeasuredStack stack = MeasurementFile.ReadVolume(Path.Combine(data, "ft_crop_64.tif"));
        PreparationOptions options = new() { Shape = [64, 64, 64] };
        using PreparedPattern prepared = PatternPreparer.Prepare(stack.Intensity, options, default);
        (DiffractionPattern thinned, DiffractionPattern rest) = Thin(prepared.Pattern);
        List<string> rows = [];
        foreach ((string name, RefinementOptions? refinement) in Ways)
        {
            Outcome[] whole = [.. Seeded(prepared.Pattern, refinement, prepared.Pattern)];
            Outcome[] honest = [.. Seeded(thinned, refinement, rest)];
            string row =
                $"| {name} | {Texts(whole.Select(found => $"{1e3 * found.Chi:F2}"))} | {Texts(whole.Select(found => $"{found.Voxels}"))} | "
                + $"{whole.Select(found => found.Seconds).Order().ElementAt(Seeds / 2):F2} | {Texts(honest.Select(found => $"{1e3 * found.Chi:F2}"))} | "
                + $"{1e3 * honest.Select(found => found.Chi).Order().ElementAt(Seeds / 2):F2} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        thinned.Dispose();
        rest.Dispose();
        string text = $"""
            # Refinement of the seed paper's measured crystal

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- refined-measured` ({get_num_threads()} threads): 64^3, 8.3e8 photons, seeds 1 to {Seeds}, one
            start each; refinement begins from `{RefinedPhasing.DefaultRecipe}`. chi in thousandths. The honest test fits a copy thinned
            binomially to 1/54 and scores chi on the other photons. Seconds compare within this run only.

            | way | chi of each seed | support, voxels | median s | chi on unseen photons, each seed | median |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "refined-measured.md"), text + "\n");
    }

    private static RefinementOptions Ending(double weight) =>
        Fast with
        {
            Regularisers =
            [
                new TotalVariation
                {
                    Weight = 0.05,
                    EndWeight = weight,
                    AnnealFraction = 0.8,
                },
            ],
        };

    private static IEnumerable<Outcome> Seeded(
        DiffractionPattern pattern,
        RefinementOptions? refinement,
        DiffractionPattern judge
    )
    {
        using Tensor held = FreeVoxels.Choose(pattern, 0.03, 1);
        for (int seed = 1; seed <= Seeds; seed++)
        {
            IPhasingMethod method = refinement is null
                ? new PhaseRetriever(new PhasingOptions { Seed = seed }, CPU)
                : new RefinedPhasing(RefinedPhasing.DefaultOptions with { Seed = seed }, refinement, CPU);
            long begin = Stopwatch.GetTimestamp();
            using Reconstruction found = method.Run(pattern, held, 1, null, default);
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            long voxels = found.Support.ToBooleans().LongCount(inside => inside);
            yield return new Outcome(Chi.Of(found.Object, judge).Chi, voxels, seconds);
        }
    }

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
