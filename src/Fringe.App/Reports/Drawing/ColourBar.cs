using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Reports.Drawing;

/// <summary>The scale of a colour map, upright, with ticks and label on its right.</summary>
internal sealed record ColourBar(IColormap Colours, ScottPlot.Range Range, ITickGenerator Ticks, string Label)
{
    private const int Steps = 256;

    public void Draw(SKCanvas canvas, PixelRect cell, PixelRect bar)
    {
        double[,] ramp = new double[Steps, 1];
        for (int i = 0; i < Steps; i++)
        {
            ramp[i, 0] = Range.Min + ((Range.Max - Range.Min) * i / (Steps - 1));
        }

        Plot plot = PictureStyle.NewPlot(bar);
        ScottPlot.Plottables.Heatmap image = plot.Add.Heatmap(ramp);
        image.FlipVertically = true;
        image.Colormap = Colours;
        image.ManualRange = Range;
        plot.Axes.SetLimits(-0.5, 0.5, -0.5, Steps - 0.5);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Right.Min = Range.Min;
        plot.Axes.Right.Max = Range.Max;
        plot.Axes.Right.TickGenerator = Ticks;
        plot.Axes.Right.Label.Text = Label;
        PictureStyle.Render(plot, canvas, cell);
    }
}
