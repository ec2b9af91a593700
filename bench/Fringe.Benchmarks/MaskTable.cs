using System.Globalization;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
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
        using Imager imager = Imager.Create(new ImagerOptions());
        (string Name, Func<DiffractionPattern, DiffractionPattern> Change)[] cases =
        [
            ("no gap", pattern => new DiffractionPattern(pattern.Intensity.clone(), pattern.Mask.clone())),
            ("a gap of 10 %, masked", Gapped),
            ("the same gap filled with zeros", Filled),
        ];
        List<string> rows = [];
        foreach ((string name, Func<DiffractionPattern, DiffractionPattern> change) in cases)
        {
            Spread[] errors = Judge(imager, folder, change);
            string row = $"| {name} | {string.Join(" | ", errors.Select(error => error.ToString()))} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # Gaps, and twins

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- masks FOLDER`: {Crystals} crystals of `fringe simulate --examples` (the set of
            [refinement](refinement.md), never trained on), 64^3, {Photons:0e0} photons, {imager.Threads} threads. The gap is a cross of two strips, a twelfth of an axis from the
            peak, through all frames. Real-space error: median, lower and upper quartile.

            | pattern | {string.Join(" | ", PartialDataTable.Ways)} |
            |---|---|---|---|
            {string.Join('\n', rows)}

            {Twins(imager, folder)}
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

    private static Spread[] Judge(Imager imager, string folder, Func<DiffractionPattern, DiffractionPattern> change)
    {
        List<double>[] errors = [.. PartialDataTable.Ways.Select(_ => new List<double>())];
        foreach (RefinementProblem problem in Problems(folder))
        {
            using DiffractionPattern pattern = change(problem.Pattern);
            Tensor[] found = PartialDataTable.Find(imager, pattern, withIterations: true);
            for (int i = 0; i < found.Length; i++)
            {
                errors[i].Add(RealSpaceError.Of(found[i], problem.Truth));
                found[i].Dispose();
            }
        }

        return [.. errors.Select(Spread.Of)];
    }

    // The inverted pattern is that of the object upside down, psi(-r), whose twin is psi*(r): both must be found alike, with the same chi.
    private static string Twins(Imager imager, string folder)
    {
        List<double> errors = [];
        List<double> changes = [];
        foreach (RefinementProblem problem in Problems(folder))
        {
            using DiffractionPattern twin = new(Inverted(problem.Pattern.Intensity), Inverted(problem.Pattern.Mask));
            ImagingResult found = Product.Phase(imager, problem.Pattern, new FromNetwork());
            ImagingResult other = Product.Phase(imager, twin, new FromNetwork());
            using Tensor psi = Product.ObjectOnPattern(found);
            using Tensor wanted = psi.conj().resolve_conj();
            using Tensor flipped = Product.ObjectOnPattern(other);
            errors.Add(RealSpaceError.Of(flipped, wanted));
            changes.Add(Math.Abs((other.Fit.Chi / found.Fit.Chi) - 1));
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
