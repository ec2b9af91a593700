using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Trust;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>What the verdict says of good and of spoilt measurements whose objects are known.</summary>
internal static class VerdictTable
{
    // The verdict's limits were set on as many before these.
    private const int First = 40;
    private const int Crystals = 40;

    // Of the real-space error.
    private const double Right = 0.05;
    private const double Wrong = 0.1;

    private static readonly (
        string Name,
        double Photons,
        Func<DiffractionPattern, DiffractionPattern> Spoil,
        bool IsTight
    )[] Cases =
    [
        ("1e7 photons", 1e7, Whole, false),
        ("1e5 photons", 1e5, Whole, false),
        ("1e4 photons", 1e4, Whole, false),
        ("40 % of the frames missing", 1e7, pattern => PartialData.FirstFrames(pattern, 0.6), false),
        ("half of the frames missing", 1e7, pattern => PartialData.FirstFrames(pattern, 0.5), false),
        ("a gap of 10 % filled with zeros", 1e7, Filled, false),
        ("the centre 32^3 alone", 1e7, pattern => ResolutionChange.Centre(pattern, [32, 32, 32]), false),
        ("every second voxel, too coarse", 1e7, Coarse, false),
        ("a support too tight", 1e7, Whole, true),
    ];

    public static void Run(string results, string folder)
    {
        using Imager imager = Imager.Create(new ImagerOptions());
        List<string> rows = [];
        List<(double Error, Trust Trust)> all = [];
        foreach (
            (string name, double photons, Func<DiffractionPattern, DiffractionPattern> spoil, bool isTight) in Cases
        )
        {
            List<(double Error, Trust Trust)> found = [];
            foreach ((int index, Tensor psi) in RefinementProblem.ReadObjects(folder, First + Crystals).Index())
            {
                if (index < First)
                {
                    psi.Dispose();
                    continue;
                }

                using RefinementProblem problem = RefinementProblem.Of(psi, photons, 1000 + index);
                psi.Dispose();
                using DiffractionPattern pattern = spoil(problem.Pattern);
                found.Add(Judge(imager, problem, pattern, isTight, name));
            }

            all.AddRange(found);
            string row = $"| {name} | {Row(found)} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        int failed = all.Count(one => one.Error > Wrong);
        int missed = all.Count(one => one.Error > Wrong && one.Trust == Trust.Good);
        string text = $"""
            # The verdict

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- verdict FOLDER`: {Crystals} crystals of `fringe simulate --examples` (the set of
            [refinement](refinement.md), the {First + 1}st to the {First + Crystals}th; the limits were set on those before), 64^3, each measured well and spoilt in several ways, phased as by `--method auto`. Wrong: a real-space error above {Wrong}; right: under
            {Right}.

            | measurement | median error | wrong | called good, doubtful, failed | wrong ones called good | right ones not called good |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}

            Of {all.Count} results {failed} are wrong; {missed} of these are called good ({100.0
                * missed
                / Math.Max(1, failed):F1} %).
            """;
        AnsiConsole.WriteLine(text);
        File.WriteAllText(Path.Combine(results, "verdict.md"), text + "\n");
    }

    private static string Row(List<(double Error, Trust Trust)> found)
    {
        int Count(Trust trust) => found.Count(one => one.Trust == trust);
        return $"{found.Select(one => one.Error).Order().ElementAt(found.Count / 2):F3} | {found.Count(one => one.Error > Wrong)} | "
            + $"{Count(Trust.Good)}, {Count(Trust.Doubtful)}, {Count(Trust.Failed)} | "
            + $"{found.Count(one => one.Error > Wrong && one.Trust == Trust.Good)} | {found.Count(one => one.Error < Right && one.Trust != Trust.Good)}";
    }

    private static (double, Trust) Judge(
        Imager imager,
        RefinementProblem problem,
        DiffractionPattern pattern,
        bool isTight,
        string name
    )
    {
        ImagingResult result = Product.Phase(imager, pattern, isTight ? Tight() : new Automatic());
        using Tensor found = Product.ObjectOnPattern(result);
        using Tensor truth = Truth(problem, pattern, name);
        return (RealSpaceError.Of(found, truth), result.Verdict.Trust);
    }

    // The support of the random starts and of refinement; the network's prediction is iterated as ever.
    private static Automatic Tight()
    {
        Automatic usual = new();
        Refine refine = usual.Refinement.Refine;
        return usual with
        {
            FromRandom = usual.FromRandom with { ShrinkWrap = Tight(usual.FromRandom.ShrinkWrap) },
            Refinement = usual.Refinement with { Refine = refine with { ShrinkWrap = Tight(refine.ShrinkWrap) } },
        };
    }

    private static ShrinkWrap Tight(ShrinkWrap usual) => usual with { Threshold = 0.6, ThresholdEnd = 0.6 };

    private static Tensor Truth(RefinementProblem problem, DiffractionPattern pattern, string name) =>
        problem.Truth.shape.SequenceEqual(pattern.Shape) ? problem.Truth.clone()
        : name.StartsWith("every", StringComparison.Ordinal) ? ResolutionChange.Centre(problem.Truth, pattern.Shape)
        : ResolutionChange.Resize(problem.Truth, pattern.Shape);

    private static DiffractionPattern Whole(DiffractionPattern pattern) =>
        new(pattern.Intensity.clone(), pattern.Mask.clone());

    private static DiffractionPattern Filled(DiffractionPattern pattern)
    {
        using Tensor gap = PartialData.Gap(pattern.Shape);
        using DiffractionPattern gapped = PartialData.Masked(pattern, gap);
        return new DiffractionPattern(gapped.Intensity.clone(), pattern.Mask.clone());
    }

    // The peak stays at index N/2.
    private static DiffractionPattern Coarse(DiffractionPattern pattern)
    {
        using Tensor places = arange(0, pattern.Shape[0], 2);
        Tensor Every(Tensor volume) =>
            volume.index_select(0, places).index_select(1, places).index_select(2, places).contiguous();
        return new DiffractionPattern(Every(pattern.Intensity), Every(pattern.Mask));
    }
}
