using System.Diagnostics;
using Fringe.Core.Metrics;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>Every way from a pattern to an object over simulated crystals whose true objects are known, computed from their atoms.</summary>
internal static class RefinementTable
{
    private const int Most = 100;
    private const double Many = 1e7;

    /// <param name="results">Folder of the tables.</param>
    /// <param name="photons">In each pattern.</param>
    /// <param name="folder">Written by <c>fringe simulate --examples</c>.</param>
    public static void Run(string results, double photons, string folder)
    {
        using var scope = NewDisposeScope();
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        RefinementProblem[] problems =
        [
            .. RefinementProblem
                .ReadObjects(folder, Most)
                .Select((psi, index) => RefinementProblem.Of(psi, photons, seed: 1000 + index)),
        ];
        string shape = string.Join(" x ", problems[0].Truth.shape);
        bool[] isStrong = Strongest(problems);
        List<string> rows = [];
        // With fewer photons only the ways that matter.
        var ways = RefinementMethods.All(predictor).Where(way => photons >= Many || way.IsEssential);
        foreach ((string name, _, Func<RefinementProblem, Tensor> find) in ways)
        {
            string row = $"| {name} | {Judge(problems, isStrong, find)} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        Array.ForEach(problems, problem => problem.Dispose());
        string text = $"""
            # Refinement of crystals whose true objects are known, {photons:0e0} photons

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- refinement {photons:0e0} FOLDER`, FOLDER from `fringe simulate -o FOLDER --count 120 --examples
            --pattern-size 64 --oversampling 1.9,4 --size-nm 10,14 --fewest-atoms 8000 --clamped 0.3 --seed 77`: {problems.Length} crystals, objects and patterns ({shape})
            from their atoms about (111), Poisson noise, one start each, {get_num_threads()} threads. No network has seen them.
            Real-space error `1 - |<o,t>|^2/(|o|^2|t|^2)` after removing twin, sub-voxel shift, ramp and phase. Strongest strains: the quarter whose phases
            vary most. Seconds a crystal, whole ways with the network's prediction, are medians of this run and compare within it only.

            | way | median error | 95th percentile | worst | under 0.02 | under 0.05 | strongest strains, median | s |
            |---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, $"refined-atomistic-{photons:0e0}.md"), text + "\n");
    }

    // By how far phases cancel in the sum of the object.
    private static bool[] Strongest(RefinementProblem[] problems)
    {
        double[] left =
        [
            .. problems.Select(problem =>
            {
                using var scope = NewDisposeScope();
                return (double)(problem.Truth.sum().abs() / problem.Truth.abs().sum()).item<float>();
            }),
        ];
        double limit = left.Order().ElementAt(left.Length / 4);
        return [.. left.Select(value => value < limit)];
    }

    private static string Judge(RefinementProblem[] problems, bool[] isStrong, Func<RefinementProblem, Tensor> find)
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

        double strong = Percentile(errors.Where((_, i) => isStrong[i]), 0.5);
        return $"{Percentile(errors, 0.5):F4} | {Percentile(errors, 0.95):F3} | {errors.Max():F3} | {Share(errors, 0.02):F0} % | "
            + $"{Share(errors, 0.05):F0} % | {strong:F4} | {Percentile(seconds, 0.5):F2}";
    }

    private static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    private static double Share(List<double> errors, double limit) =>
        100.0 * errors.Count(error => error < limit) / errors.Count;
}
