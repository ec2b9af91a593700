using Fringe.App.Pictures.Panels;
using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>The distribution of a figure over a set; clamped crystals stand on the free ones.</summary>
internal static class HistogramPanel
{
    /// <param name="canvas">Where to.</param>
    /// <param name="figure">What to draw.</param>
    /// <param name="counted">What a value belongs to: "crystals".</param>
    /// <param name="cell">The box with the room for its axes.</param>
    /// <param name="box">The data area.</param>
    public static void Draw(SKCanvas canvas, CrystalFigure figure, string counted, PixelRect cell, PixelRect box)
    {
        HistogramBins bins = HistogramBins.For(figure);
        IReadOnlyList<int> all = bins.Count(figure.Values);
        IReadOnlyList<int> free = bins.Count(figure.Values.Where((_, i) => !IsClamped(figure, i)));
        Plot plot = PictureStyle.NewPlot(box);
        Color colour = figure.IsClamped.Count == 0 ? CrystalColours.Unknown : CrystalColours.Free;
        for (int bin = 0; bin < all.Count; bin++)
        {
            AddBar(plot, bins, bin, 0, free[bin], colour);
            AddBar(plot, bins, bin, free[bin], all[bin], CrystalColours.Clamped);
        }

        double top = 1.08 * all.Max();
        (double low, double high) = (bins.Edges[0], bins.Edges[^1]);
        // A lone bin does not fill the panel.
        double room = (all.Count == 1 ? 2 : 0.02) * (high - low);
        AddMedian(plot, bins.IsLogarithmic ? Math.Log10(figure.Median) : figure.Median, top);
        plot.Axes.SetLimits(low - room, high + room, 0, top);
        plot.Axes.Bottom.TickGenerator = bins.IsLogarithmic
            ? NiceTicks.Logarithmic(low - room, high + room)
            : Ticks(low - room, high + room, 7, figure.IsWhole);
        plot.Axes.Bottom.Label.Text = figure.Label;
        plot.Axes.Left.TickGenerator = Ticks(0, top, 5, whole: true);
        plot.Axes.Left.Label.Text = counted;
        PictureStyle.Render(plot, canvas, cell);
        PictureText.Draw(
            canvas,
            $"median {NumberText.WithUnit(figure.Median, figure.Unit)},  "
                + $"{NumberText.Figure(figure.Least)} to {NumberText.WithUnit(figure.Most, figure.Unit)}",
            box.Left,
            box.Top - 9,
            PictureStyle.TickSize,
            PictureStyle.Faint
        );
    }

    private static bool IsClamped(CrystalFigure figure, int i) => figure.IsClamped.Count > 0 && figure.IsClamped[i];

    private static void AddBar(Plot plot, HistogramBins bins, int bin, int from, int to, Color colour)
    {
        if (to > from)
        {
            var bar = plot.Add.Rectangle(bins.Edges[bin], bins.Edges[bin + 1], from, to);
            bar.FillStyle.Color = colour;
            bar.LineStyle.Color = Colors.White;
            bar.LineStyle.Width = 0.8f;
        }
    }

    private static void AddMedian(Plot plot, double at, double top)
    {
        var line = plot.Add.Line(at, 0, at, top);
        line.LineColor = Color.FromSKColor(PictureStyle.Ink);
        line.LineWidth = 1.2f;
        line.LinePattern = LinePattern.Dashed;
    }

    private static NumericManual Ticks(double low, double high, int most, bool whole)
    {
        var ticks = new NumericManual();
        foreach (double value in NiceTicks.Between(low, high, most))
        {
            if (!whole || value == Math.Round(value))
            {
                ticks.AddMajor(value, whole ? NumberText.Count((long)value) : NiceTicks.Plain(value));
            }
        }

        return ticks;
    }
}
