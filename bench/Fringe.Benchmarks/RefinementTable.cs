using System.Diagnostics;
using Fringe.Core.Metrics;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>Every way from a pattern to an object over many crystals at 64^3 whose true objects are known.</summary>
internal static class RefinementTable
{
    private const int Size = 64;
    private const int Crystals = 24;

    /// <param name="results">Folder of the tables.</param>
    /// <param name="photons">In each pattern.</param>
    /// <param name="folder">Written by <c>fringe simulate</c>; null = procedural crystals.</param>
    public static void Run(string results, double photons, string? folder)
    {
        using var scope = NewDisposeScope();
        Tensor[] objects =
        [
            .. folder is null
                ? Enumerable.Range(1, Crystals).Select(seed => ProceduralCrystal.Draw(Size, seed))
                : RefinementProblem.ReadObjects(folder, Crystals),
        ];
        string source = folder is null
            ? "procedural crystals (bench/Fringe.Benchmarks/ProceduralCrystal.cs)"
            : "crystals cut from gold and relaxed by LAMMPS (`fringe simulate`; their fields about (111))";
        RefinementProblem[] problems =
        [
            .. objects.Select((psi, index) => RefinementProblem.Of(psi, photons, seed: 1000 + index)),
        ];
        List<string> rows = [];
        foreach ((string name, Func<RefinementProblem, Tensor> find) in RefinementMethods.All)
        {
            string row = $"| {name} | {Judge(problems, find)} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        Array.ForEach(problems, problem => problem.Dispose());
        string text = $"""
            # Refinement of crystals whose true objects are known

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- refinement{(
                folder is null ? "" : " FOLDER"
            )}`: {objects.Length} {source},
            {Size}^3, oversampling ratio {(folder is null ? "1.3 to 4" : "about 2")}, Poisson noise, {get_num_threads()} threads. Real-space error `1 - |<o,t>|^2/(|o|^2|t|^2)` after
            removing twin, sub-voxel shift, ramp and phase. Seconds a crystal are medians of this run and compare within it only.

            | way | median error | 90th percentile | worst | under 0.02 | under 0.05 | s |
            |---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        string file = folder is null ? $"refined-procedural-{photons:0e0}.md" : $"refined-atomistic-{photons:0e0}.md";
        File.WriteAllText(Path.Combine(results, file), text + "\n");
    }

    private static string Judge(RefinementProblem[] problems, Func<RefinementProblem, Tensor> find)
    {
        List<double> seconds = [];
        List<double> errors = [];
        foreach (RefinementProblem problem in problems)
        {
            long begin = Stopwatch.GetTimestamp();
            using Tensor found = find(problem);
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
            errors.Add(RealSpaceError.Of(found, problem.Truth));
        }

        errors.Sort();
        seconds.Sort();
        int count = errors.Count;
        return $"{errors[count / 2]:F4} | {errors[count * 9 / 10]:F3} | {errors[^1]:F3} | "
            + $"{100 * errors.Count(error => error < 0.02) / count} % | {100 * errors.Count(error => error < 0.05) / count} % | {seconds[count / 2]:F2}";
    }
}
