using ScottPlot;

namespace Fringe.Benchmarks;

/// <summary>Real-space error against the share of a pattern that was measured, median and quartiles of every way.</summary>
internal static class PartialDataPicture
{
    private static readonly Color[] Colours = [Colors.SteelBlue, Colors.DarkOrange, Colors.Gray];

    public static void Write(string path, params IReadOnlyList<PartialCurve> curves)
    {
        Multiplot multiplot = new();
        multiplot.AddPlots(curves.Count);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Columns();
        for (int i = 0; i < curves.Count; i++)
        {
            Draw(multiplot.GetPlot(i), curves[i]);
        }

        File.WriteAllBytes(path, multiplot.Render(500 * curves.Count, 440).GetImageBytes());
    }

    private static void Draw(Plot plot, PartialCurve curve)
    {
        double[] shares = [.. curve.Shares];
        for (int way = 0; way < curve.Rows[0].Length; way++)
        {
            int column = way;
            double[] Values(Func<Spread, double> pick) =>
                [.. curve.Rows.Select(row => Math.Log10(Math.Max(pick(row[column]), 1e-3)))];
            Color colour = Colours[way];
            plot.Add.FillY(shares, Values(spread => spread.Low), Values(spread => spread.High)).FillColor =
                colour.WithAlpha(0.2);
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(shares, Values(spread => spread.Median), colour);
            line.LegendText = PartialDataTable.Ways[way];
        }

        plot.XLabel(curve.Axis);
        plot.YLabel("real-space error");
        double[] decades = [-3, -2, -1, 0];
        plot.Axes.Left.SetTicks(decades, [.. decades.Select(decade => $"{Math.Pow(10, decade):G}")]);
        plot.Axes.SetLimits(shares.Min() - 0.02, 1.02, -3, 0);
        plot.ShowLegend(Alignment.UpperRight);
    }
}
