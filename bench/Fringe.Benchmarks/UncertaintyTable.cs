using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>The uncertainty that replicas give of crystals, against their true errors.</summary>
internal static class UncertaintyTable
{
    private const int First = 40;
    private const int Crystals = 20;

    // Of the true crystal's largest amplitude.
    private const double Inside = 0.5;

    private static readonly Case[] Cases =
    [
        new("1e7 photons", 1e7),
        new("1e6 photons", 1e6),
        new("1e5 photons", 1e5),
        new("1e7 photons, a tenth masked", 1e7) { HasGap = true },
        new("1e6 photons, `--method refine`", 1e6) { Method = new FromRandom() },
        new("1e7 photons, `--method iterative`", 1e7) { Method = new Iterations() },
        new("1e7 photons, `--method iterative --starts 1`", 1e7) { Method = new Iterations { Starts = 1 } },
    ];

    public static void Run(string results, string folder)
    {
        using Imager imager = Imager.Create(new ImagerOptions());
        List<string> rows = [];
        foreach (Case one in Cases)
        {
            List<(Comparison Phase, Comparison Amplitude)> found = [];
            foreach ((int index, Tensor psi) in RefinementProblem.ReadObjects(folder, First + Crystals).Index())
            {
                using (psi)
                {
                    if (index >= First)
                    {
                        using RefinementProblem problem = RefinementProblem.Of(psi, one.Photons, 1000 + index);
                        found.Add(Judge(imager, problem, one));
                    }
                }
            }

            string row =
                $"| {one.Name} | {Row([.. found.Select(one => one.Phase)])} | {Row([.. found.Select(one => one.Amplitude)])} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # The uncertainty, against true errors

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- uncertainty FOLDER`: {Crystals} crystals of `fringe simulate --examples` (the set of
            [refinement](refinement.md), the {First + 1}st to the {First
                + Crystals}th), 64^3, phased as by `--method auto`, with {new ImagingOptions().Replicas} replicas. Error and uncertainty: root
            mean squares over the voxels of the found support whose true amplitude is above {Inside} of the largest, the phase in rad, the amplitude as a share of the largest; medians over
            the crystals. Ratio: error over uncertainty, 1 if the uncertainty is right (in brackets the second smallest and second largest). Within one and two: voxels whose
            error is at most one or two uncertainties; 63 % and 88 % if errors and replicas were Gaussian with the same spread (four replicas: Student's t). The limits are in
            [metrics.md](../metrics.md).

            | measurement | phase: error | uncertainty | ratio | within one, two | amplitude: error | uncertainty | ratio | within one, two |
            |---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "uncertainty.md"), text + "\n");
    }

    private static (Comparison Phase, Comparison Amplitude) Judge(Imager imager, RefinementProblem problem, Case one)
    {
        using var scope = NewDisposeScope();
        Tensor gap = one.HasGap ? PartialData.Gap(problem.Pattern.Shape) : zeros_like(problem.Pattern.Mask);
        using DiffractionPattern pattern = PartialData.Masked(problem.Pattern, gap);
        ImagingResult result = imager.Image(pattern, new ImagingOptions { Method = one.Method });
        Tensor psi = result.Crystal.Object.ToTensor();
        Tensor support = tensor(result.Crystal.Support).reshape(psi.shape);
        ObjectUncertainty uncertainty = result.Uncertainty!;
        using AlignedObject aligned = Alignment.Align(psi, problem.Truth, removeRamp: true);
        Tensor truth = aligned.Object;
        double largest = truth.abs().max().item<float>();
        Tensor inside = truth.abs().IsAbove(Inside * largest).logical_and(support);
        Tensor turned = (psi * truth.conj()).angle();
        Tensor differing = (psi.abs() - truth.abs()).Over(largest);
        return (
            Comparison.Of(turned, uncertainty.PhaseRadians, 1, inside),
            Comparison.Of(differing, uncertainty.Amplitude, largest, inside)
        );
    }

    private static string Row(IReadOnlyList<Comparison> found)
    {
        double Median(Func<Comparison, double> of) => found.Select(of).Order().ElementAt(found.Count / 2);
        double[] ratios = [.. found.Select(one => one.Error / one.Uncertainty).Order()];
        return $"{Median(one => one.Error):F3} | {Median(one => one.Uncertainty):F3} | "
            + $"{Median(one => one.Error / one.Uncertainty):F2} ({ratios[1]:F2} to {ratios[^2]:F2}) | "
            + $"{Median(one => one.WithinOne):P0}, {Median(one => one.WithinTwo):P0}";
    }

    private sealed record Case(string Name, double Photons)
    {
        public ImagingMethod Method { get; init; } = new Automatic();

        /// <summary>Whether a cross of two gaps is masked.</summary>
        public bool HasGap { get; init; }
    }

    private sealed record Comparison(double Error, double Uncertainty, double WithinOne, double WithinTwo)
    {
        public static Comparison Of(Tensor error, RealVolume uncertainty, double unit, Tensor inside)
        {
            using var scope = NewDisposeScope();
            Tensor off = error.masked_select(inside).abs();
            Tensor said = tensor(uncertainty.Values).reshape(error.shape).masked_select(inside).Over(unit);
            return new(Rms(off), Rms(said), Share(off.le(said)), Share(off.le(said.Times(2))));
        }

        private static double Rms(Tensor values) => Math.Sqrt(values.Squared().mean().item<float>());

        private static double Share(Tensor flags) => flags.to(ScalarType.Float32).mean().item<float>();
    }
}
