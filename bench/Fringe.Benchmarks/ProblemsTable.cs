using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Imaging;
using Fringe.Tests.Fixtures;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>Every algorithm over the shared synthetic problems at 64^3: real-space errors against the known objects.</summary>
internal static class ProblemsTable
{
    private const int Size = 64;
    private const int Starts = 3;
    private static readonly (string Name, string Recipe)[] Recipes =
    [
        ("ER alone", "620*ER"),
        ("HIO (the default)", Iterate.DefaultRecipe),
        ("RAAR", "2*(20*ER+180*RAAR)+220*ER"),
        ("DM", "2*(20*ER+180*DM)+220*ER"),
        ("SF", "2*(20*ER+180*SF)+220*ER"),
        ("HIO, the seed paper's recipe", "3*(20*ER+180*HIO)+20*ER"),
    ];

    public static void Run(string results)
    {
        IReadOnlyList<SyntheticParameters> problems = SyntheticProblems.Standard(Size);
        List<string> rows = [];
        foreach ((string name, string recipe) in Recipes)
        {
            string[] cells = [.. problems.Select(problem => Cell(problem, recipe))];
            string row = $"| {name} | `{recipe}` | {string.Join(" | ", cells)} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # Every algorithm on problems with known answers

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- problems`. Facetted crystals at {Size}^3, oversampling ratio about 2.4
            (tests/Fringe.Tests/Fixtures/SyntheticProblems.cs). Real-space error `1 - |<o,t>|^2/(|o|^2|t|^2)` after removing twin, sub-voxel
            shift, ramp and phase: of each of {Starts} starts (seeds 1 to {Starts}), best free log-likelihood first. A DM iteration costs two of the
            others'.

            | algorithm | recipe | {string.Join(" | ", problems.Select(problem => problem.Name))} |
            |---|---|{string.Concat(problems.Select(_ => "---|"))}
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "problems.md"), text + "\n");
    }

    // Errors of the starts, best free log-likelihood first.
    private static string Cell(SyntheticParameters parameters, string recipe)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(parameters);
        Iterate method = new() { Recipe = PhasingRecipe.Parse(recipe, Iterate.DefaultBeta) };
        using Tensor free = FreeVoxels.Choose(problem.Pattern, new ImagingOptions().FreeFraction, seed: 1);
        using PhasingProblem measured = new(problem.Pattern, free, CPU);
        IEnumerable<(double Rank, double Error)> starts = Enumerable
            .Range(1, Starts)
            .Select(seed =>
            {
                using Reconstruction found = PhasingRun.ToTheEnd(measured, method, Start.Random(seed), null, default);
                return (found.FreeLogLikelihood, RealSpaceError.Of(found.Object, problem.Truth));
            })
            .ToArray();
        return string.Join(", ", starts.OrderBy(start => start.Rank).Select(start => $"{start.Error:F3}"));
    }
}
