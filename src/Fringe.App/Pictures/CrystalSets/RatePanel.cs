using Fringe.App.Pictures.Panels;
using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>Crystals an hour over the running time, with the mean of the whole run.</summary>
internal static class RatePanel
{
    private const double MinutesUpTo = 7200;

    public static void Draw(SKCanvas canvas, Throughput throughput, PixelRect cell, PixelRect box)
    {
        IReadOnlyList<double> rates = throughput.PerHourOverTime();
        double running = throughput.Running.TotalSeconds;
        (double unit, string name) = running <= MinutesUpTo ? (60.0, "min") : (3600.0, "h");
        double width = running / unit / rates.Count;
        Plot plot = PictureStyle.NewPlot(box);
        for (int i = 0; i < rates.Count; i++)
        {
            var bar = plot.Add.Rectangle(i * width, (i + 1) * width, 0, rates[i]);
            bar.FillStyle.Color = CrystalColours.Unknown;
            bar.LineStyle.Color = Colors.White;
            bar.LineStyle.Width = 0.8f;
        }

        double mean = throughput.CrystalsPerHour;
        var line = plot.Add.Line(0, mean, running / unit, mean);
        line.LineColor = Color.FromSKColor(PictureStyle.Ink);
        line.LineWidth = 1.8f;
        double top = 1.1 * Math.Max(mean, rates.Max());
        plot.Axes.SetLimits(0, running / unit, 0, top);
        plot.Axes.Bottom.TickGenerator = Ticks(running / unit);
        plot.Axes.Bottom.Label.Text = $"running time ({name})";
        plot.Axes.Left.TickGenerator = Ticks(top);
        plot.Axes.Left.Label.Text = "crystals per hour";
        PictureStyle.Render(plot, canvas, cell);
        string pauses =
            throughput.Pauses == 0 ? string.Empty
            : throughput.Pauses == 1 ? ", without one pause"
            : $", without {throughput.Pauses} pauses";
        PictureText.Draw(
            canvas,
            $"{NumberText.Count((long)Math.Round(mean))} crystals per hour over the run (line){pauses}",
            box.Left,
            box.Top - 9,
            PictureStyle.HeadingSize,
            PictureStyle.Ink
        );
    }

    private static NumericManual Ticks(double high)
    {
        var ticks = new NumericManual();
        foreach (double value in NiceTicks.Between(0, high, 6))
        {
            ticks.AddMajor(value, value >= 1000 ? NumberText.Count((long)value) : NiceTicks.Plain(value));
        }

        return ticks;
    }
}
