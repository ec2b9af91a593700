using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Comparison;

/// <summary>The figures of a comparison: what is behind <c>compare.json</c>, the page and the terminal.</summary>
internal static class ComparedFigureSet
{
    /// <summary>Of each way, in their order; every way has every figure.</summary>
    public static IReadOnlyList<FigureSet> OfWays(CrystalComparison comparison) =>
        [.. comparison.Ways.Select(way => OfWay(way, comparison.Ways))];

    /// <summary>Of the pattern and the run, but for the times.</summary>
    /// <param name="comparison">What was found.</param>
    /// <param name="seed">Of iterations and refinement.</param>
    public static FigureSet OfRun(CrystalComparison comparison, int seed)
    {
        double[] shape = [comparison.Measured.Depth, comparison.Measured.Height, comparison.Measured.Width];
        return
        [
            NetworkFigures.Spread.Of(comparison.Network.Spread),
            NetworkFigures.Chi.Of(comparison.Network.Chi),
            .. PatternFigures.Oversampling.Of(comparison.Prepared.OversamplingRatio),
            .. PatternFigures.Shape.Of(shape),
            PatternFigures.Photons.Of(comparison.Prepared.Photons),
            PatternFigures.MaskedFraction.Of(comparison.Prepared.MaskedFraction),
            PhasingFigures.Seed.Of(seed),
            PhasingFigures.Threads.Of(comparison.Threads),
        ];
    }

    private static FigureSet OfWay(ComparedWay way, IReadOnlyList<ComparedWay> ways) =>
        [
            PhasingFigures.Chi.Of(way.Chi),
            PhasingFigures.FreeLogLikelihood.Of(way.FreeLogLikelihood) with
            {
                Remark =
                    "All ways are judged by the same voxels; iterations and refinement did not see them, the "
                    + "network did.",
            },
            PhasingFigures.SupportVoxels.Of(way.SupportVoxels) with
            {
                Remark = "Of the network: those with a tenth of its largest amplitude or more.",
            },
            .. ways.Select((other, i) => other.Way.Distance.Of(ReferenceEquals(way, other) ? null : way.Distances[i])),
            .. ways.Any(other => other.Error is not null)
                ? [Way.Truth.Distance.Of(way.Error)]
                : Array.Empty<FigureValue>(),
            ComparisonFigures.Seconds.Of(way.Seconds),
            ComparisonFigures.SpeedUp.Of(ways[0].Seconds / way.Seconds),
        ];
}
