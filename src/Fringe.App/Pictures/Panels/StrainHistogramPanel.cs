using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>How often each strain occurs, in the bulk and at the surface.</summary>
internal static class StrainHistogramPanel
{
    private const int Bins = 60;
    private const double Scale = 1e4;
    private static readonly Color Bulk = new(20, 82, 150);
    private static readonly Color Surface = new(200, 110, 30);

    /// <summary>Draws both, out to <paramref name="most"/> to either side.</summary>
    public static void Draw(
        SKCanvas canvas,
        IReadOnlyList<float> bulk,
        IReadOnlyList<float> surface,
        double most,
        PixelRect cell,
        PixelRect box
    )
    {
        Plot plot = PictureStyle.NewPlot(box);
        double highest = Math.Max(Add(plot, bulk, most, "bulk", Bulk), Add(plot, surface, most, "surface", Surface));
        plot.Axes.SetLimits(-most * Scale, most * Scale, 0, Math.Max(1, 1.08 * highest));
        plot.Axes.Bottom.TickGenerator = NiceTicks.Linear(-most * Scale, most * Scale, 5);
        plot.Axes.Bottom.Label.Text = "strain along Q (10⁻⁴)";
        plot.Axes.Left.TickGenerator = NiceTicks.Linear(0, highest, 5);
        plot.Axes.Left.Label.Text = "voxels";
        plot.ShowLegend(ScottPlot.Alignment.UpperRight);
        PictureStyle.Render(plot, canvas, cell);
        PictureText.Draw(
            canvas,
            "histogram of the strain",
            box.HorizontalCenter,
            box.Top - 9,
            PictureStyle.HeadingSize,
            PictureStyle.Ink,
            SKTextAlign.Center
        );
    }

    private static double Add(Plot plot, IReadOnlyList<float> values, double most, string name, Color colour)
    {
        double width = 2 * most / Bins;
        double[] counts = new double[Bins];
        foreach (float value in values.Where(value => Math.Abs(value) < most))
        {
            counts[(int)((value + most) / width)]++;
        }

        double[] middles = [.. Enumerable.Range(0, Bins).Select(bin => Scale * (((bin + 0.5) * width) - most))];
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(middles, counts, colour);
        line.LineWidth = 1.8f;
        line.LegendText = name;
        line.ConnectStyle = ConnectStyle.StepHorizontal;
        return counts.Max();
    }
}
