using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>The scale of a colour map, upright, with ticks and label on its right.</summary>
internal sealed record ColourBar(IColormap Colours, ScottPlot.Range Range, ITickGenerator Ticks, string Label)
{
    private const int Steps = 256;

    public void Draw(SKCanvas canvas, PanelRow row)
    {
        double[,] ramp = new double[Steps, 2];
        for (int i = 0; i < Steps; i++)
        {
            ramp[i, 0] = ramp[i, 1] = Range.Min + ((Range.Max - Range.Min) * i / (Steps - 1));
        }

        Plot plot = PictureStyle.NewPlot(row.Bar);
        ScottPlot.Plottables.Heatmap image = plot.Add.Heatmap(ramp);
        image.FlipVertically = true;
        image.Colormap = Colours;
        image.ManualRange = Range;
        image.Rectangle = new CoordinateRect(0, 1, Range.Min, Range.Max);
        image.Axes.YAxis = plot.Axes.Right;
        plot.Axes.SetLimitsX(0, 1);
        plot.Axes.SetLimitsY(Range.Min, Range.Max, plot.Axes.Right);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Right.TickGenerator = Ticks;
        plot.Axes.Right.Label.Text = Label;
        PictureStyle.Render(plot, canvas, row.BarCell);
    }
}
