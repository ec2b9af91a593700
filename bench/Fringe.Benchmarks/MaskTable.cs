using System.Globalization;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>What a gap through a tenth of the pattern costs, masked and filled with zeros; and the same crystals' twins.</summary>
internal static class MaskTable
{
    private const double Photons = 1e7;
    private const int Crystals = 20;

    /// <param name="results">Folder of the tables.</param>
    /// <param name="folder">Written by <c>fringe simulate --examples</c>.</param>
    public static void Run(string results, string folder)
    {
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        (string Name, Func<DiffractionPattern, DiffractionPattern> Change)[] cases =
        [
            ("no gap", pattern => new DiffractionPattern(pattern.Intensity.clone(), pattern.Mask.clone())),
            ("a gap of 10 %, masked", Gapped),
            ("the same gap filled with zeros", Filled),
        ];
        List<string> rows = [];
        foreach ((string name, Func<DiffractionPattern, DiffractionPattern> change) in cases)
        {
            Spread[] errors = Judge(folder, change, predictor);
            string row = $"| {name} | {string.Join(" | ", errors.Select(error => error.ToString()))} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # Gaps, and twins

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- masks FOLDER`: {Crystals} crystals of `fringe simulate --examples` (the set of
            [refinement](refinement.md), never trained on), 64^3, {Photons:0e0} photons, {get_num_threads()} threads. The gap is a cross of two strips, a twelfth of an axis from the
            peak, through all frames. Real-space error: median, lower and upper quartile.

            | pattern | {string.Join(" | ", PartialDataTable.Ways)} |
            |---|---|---|---|
            {string.Join('\n', rows)}

            {Twins(folder, predictor)}
            """;
        File.WriteAllText(Path.Combine(results, "masks.md"), text + "\n");
    }

    private static DiffractionPattern Gapped(DiffractionPattern pattern)
    {
        using Tensor gap = PartialData.Gap(pattern.Shape);
        return PartialData.Masked(pattern, gap);
    }

    private static DiffractionPattern Filled(DiffractionPattern pattern)
    {
        using DiffractionPattern gapped = Gapped(pattern);
        return new DiffractionPattern(gapped.Intensity.clone(), pattern.Mask.clone());
    }

    private static Spread[] Judge(
        string folder,
        Func<DiffractionPattern, DiffractionPattern> change,
        Predictor predictor
    )
    {
        List<double>[] errors = [.. PartialDataTable.Ways.Select(_ => new List<double>())];
        foreach (RefinementProblem problem in Problems(folder))
        {
            using DiffractionPattern pattern = change(problem.Pattern);
            Tensor[] found = PartialDataTable.Find(pattern, predictor, withIterations: true);
            for (int i = 0; i < found.Length; i++)
            {
                errors[i].Add(RealSpaceError.Of(found[i], problem.Truth));
                found[i].Dispose();
            }
        }

        return [.. errors.Select(Spread.Of)];
    }

    // The inverted pattern is that of the object upside down, psi(-r), whose twin is psi*(r): both must be found alike, with the same chi.
    private static string Twins(string folder, Predictor predictor)
    {
        List<double> errors = [];
        List<double> changes = [];
        foreach (RefinementProblem problem in Problems(folder))
        {
            using DiffractionPattern twin = new(Inverted(problem.Pattern.Intensity), Inverted(problem.Pattern.Mask));
            Tensor[] found = PartialDataTable.Find(problem.Pattern, predictor, withIterations: false);
            Tensor[] other = PartialDataTable.Find(twin, predictor, withIterations: false);
            using Tensor wanted = found[1].conj().resolve_conj();
            errors.Add(RealSpaceError.Of(other[1], wanted));
            changes.Add(
                Math.Abs(
                    (AmplitudeMisfits.Chi(other[1], twin).Chi / AmplitudeMisfits.Chi(found[1], problem.Pattern).Chi) - 1
                )
            );
            Array.ForEach([.. found, .. other], psi => psi.Dispose());
        }

        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"Flipped patterns, I(-q), network + refinement: real-space distance to the flipped object of the pattern as it is {Spread.Of(errors)}, at most {errors.Max():F4}; relative change of chi {Spread.Of(changes)}."
        );
        AnsiConsole.WriteLine(text);
        return text;
    }

    private static IEnumerable<RefinementProblem> Problems(string folder)
    {
        int seed = 1000;
        foreach (Tensor psi in RefinementProblem.ReadObjects(folder, Crystals))
        {
            using RefinementProblem problem = RefinementProblem.Of(psi, Photons, seed++);
            psi.Dispose();
            yield return problem;
        }
    }

    // About index N/2.
    private static Tensor Inverted(Tensor volume) => volume.flip(0, 1, 2).roll([1, 1, 1], [0, 1, 2]).contiguous();
}
