using Fringe.App.Pictures.Panels;
using Fringe.Simulation.CrystalSets;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>The bins of a histogram: equal steps, of round width, or equal ratios where values differ by a large factor.</summary>
/// <param name="Edges">Ascending, one more than there are bins; their log10 where <paramref name="IsLogarithmic"/>.</param>
/// <param name="IsLogarithmic">Whether the axis holds log10 of the value.</param>
internal sealed record HistogramBins(IReadOnlyList<double> Edges, bool IsLogarithmic)
{
    private const int About = 24;
    private const double LargeFactor = 25;

    /// <summary>Bins for the values of a figure.</summary>
    public static HistogramBins For(CrystalFigure figure)
    {
        double low = figure.Quantile(0.02);
        if (low > 0 && figure.Least > 0 && figure.Quantile(0.98) / low > LargeFactor)
        {
            double from = Math.Log10(figure.Least);
            double step = (Math.Log10(figure.Most) - from) / About;
            return new HistogramBins([.. Enumerable.Range(0, About + 1).Select(i => from + (i * step))], true);
        }

        double span = figure.Most - figure.Least;
        if (span <= 1e-9 * Math.Abs(figure.Most) || span == 0)
        {
            // All the same: one bin that shows where.
            double half = figure.Most == 0 || figure.IsWhole ? 0.5 : 0.05 * Math.Abs(figure.Most);
            return new HistogramBins([figure.Most - half, figure.Most + half], false);
        }

        IReadOnlyList<double> ticks = NiceTicks.Between(figure.Least, figure.Most, About);
        double width = ticks.Count > 1 ? ticks[1] - ticks[0] : span;
        // Whole numbers stand in the middle of their bins.
        width = figure.IsWhole ? Math.Max(1, Math.Round(width)) : width;
        double shift = figure.IsWhole ? -0.5 : 0;
        double first = shift + (width * Math.Floor((figure.Least - shift) / width));
        int count = (int)Math.Floor((figure.Most - first) / width) + 1;
        return new HistogramBins([.. Enumerable.Range(0, count + 1).Select(i => first + (i * width))], false);
    }

    /// <summary>How many of the values lie in each bin.</summary>
    public IReadOnlyList<int> Count(IEnumerable<double> values)
    {
        int[] counts = new int[Edges.Count - 1];
        foreach (double value in values)
        {
            double at = IsLogarithmic ? Math.Log10(value) : value;
            int bin = (int)((at - Edges[0]) / (Edges[^1] - Edges[0]) * counts.Length);
            counts[Math.Clamp(bin, 0, counts.Length - 1)]++;
        }

        return counts;
    }
}
