using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>How good an object is when only part of a pattern was measured: the first frames, or a small volume about the peak.</summary>
internal sealed class PartialDataTable : IDisposable
{
    private const double Photons = 1e7;
    private const int Crystals = 12;
    private static readonly double[] FrameShares = [1, 0.9, 0.8, 0.7, 0.6, 0.55, 0.5];
    private static readonly long[] Sides = [64, 56, 48, 40, 32];

    private readonly Imager imager = Imager.Create(new ImagerOptions());
    private readonly RefinementProblem[] problems;
    private readonly List<string> rows = [];

    /// <summary>Ways in the order of a row's columns.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["network", "network + refinement", "620 iterations"];

    private PartialDataTable(string folder)
    {
        problems =
        [
            .. RefinementProblem
                .ReadObjects(folder, Crystals)
                .Select((psi, index) => RefinementProblem.Of(psi, Photons, seed: 1000 + index)),
        ];
    }

    /// <param name="results">Folder of the tables.</param>
    /// <param name="folder">Written by <c>fringe simulate --examples</c>, 64^3.</param>
    public static void Run(string results, string folder)
    {
        using PartialDataTable table = new(folder);
        PartialCurve frames = table.FirstFrames();
        PartialCurve volumes = table.SmallVolumes();
        table.NotOversampled();
        PartialCurve measured = PartialMeasured.Run(results, table.imager, table.rows);
        PartialDataPicture.Write(Path.Combine(results, "partial-data.png"), frames, volumes, measured);
        string text = $"""
            # Partial data

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- partial FOLDER`: {Crystals} crystals of `fringe simulate --examples` (the set of
            [refinement](refinement.md), never trained on), 64^3, {Photons:0e0} photons in the whole pattern, one start each, {table.imager.Threads} threads; then S54. Real-space error against the true
            object at full resolution: median, lower and upper quartile. `fringe phase --frames N` is the same on a user's data.

            ![Quality against the share of the pattern that was measured](partial-data.png)

            | measured | {string.Join(" | ", Ways)} |
            |---|---|---|---|
            {string.Join('\n', table.rows)}
            """;
        File.WriteAllText(Path.Combine(results, "partial-data.md"), text + "\n");
    }

    public void Dispose()
    {
        Array.ForEach(problems, problem => problem.Dispose());
        imager.Dispose();
    }

    private PartialCurve FirstFrames()
    {
        PartialCurve curve = new("first frames of the rocking curve, share");
        foreach (double share in FrameShares)
        {
            Spread[] row = Judge(
                problem => PartialData.FirstFrames(problem.Pattern, share),
                problem => problem.Truth.clone()
            );
            Add($"first {100 * share:F0} % of the frames", row);
            curve.Add(share, row);
        }

        return curve;
    }

    private PartialCurve SmallVolumes()
    {
        PartialCurve curve = new("central volume, share of each axis");
        foreach (long side in Sides)
        {
            Spread[] row = Judge(
                problem => ResolutionChange.Centre(problem.Pattern, [side, side, side]),
                problem => problem.Truth.clone()
            );
            Add($"central {side}^3 of 64^3", row);
            curve.Add(side / 64.0, row);
        }

        return curve;
    }

    // The pattern of an object that fills its field of view, against the object as far as so small a pattern can show it.
    private void NotOversampled()
    {
        Spread[] row = Judge(
            problem =>
            {
                using Tensor alone = PartialData.NotOversampled(problem.Truth);
                using RefinementProblem own = RefinementProblem.Of(alone, Photons, seed: 1);
                return new DiffractionPattern(own.Pattern.Intensity.clone(), own.Pattern.Mask.clone());
            },
            problem => PartialData.NotOversampled(problem.Truth)
        );
        Add("32^3 about the peak, sampled 1.5 times (against the object at that resolution)", row);
    }

    private Spread[] Judge(Func<RefinementProblem, DiffractionPattern> part, Func<RefinementProblem, Tensor> truth)
    {
        List<double>[] errors = [.. Ways.Select(_ => new List<double>())];
        foreach (RefinementProblem problem in problems)
        {
            using DiffractionPattern seen = part(problem);
            using Tensor wanted = truth(problem);
            Tensor[] found = Find(imager, seen, withIterations: true);
            for (int i = 0; i < found.Length; i++)
            {
                using Tensor whole = ResolutionChange.Resize(found[i], wanted.shape);
                errors[i].Add(RealSpaceError.Of(whole, wanted));
                found[i].Dispose();
            }
        }

        return [.. errors.Select(Spread.Of)];
    }

    /// <summary>The objects of all ways, in the pattern's frame; they belong to the caller.</summary>
    internal static Tensor[] Find(Imager imager, DiffractionPattern pattern, bool withIterations)
    {
        Tensor predicted = Product.Predict(imager, pattern);
        Tensor refined = Phase(new FromNetwork());
        return withIterations ? [predicted, refined, Phase(new Iterations { Starts = 1 })] : [predicted, refined];

        Tensor Phase(ImagingMethod method) => Product.ObjectOnPattern(Product.Phase(imager, pattern, method));
    }

    private void Add(string what, Spread[] row)
    {
        string text = $"| {what} | {string.Join(" | ", row.Select(spread => spread.ToString()))} |";
        AnsiConsole.WriteLine(text);
        rows.Add(text);
    }
}
