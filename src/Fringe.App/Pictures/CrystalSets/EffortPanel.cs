using Fringe.App.Pictures.Panels;
using Fringe.Simulation.CrystalSets;
using Fringe.Simulation.TrainingSet;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>Seconds inside LAMMPS against atoms, a dot a crystal.</summary>
internal static class EffortPanel
{
    private const double LeastSeconds = 1e-3;

    public static void Draw(SKCanvas canvas, CrystalSetData data, PixelRect cell, PixelRect box)
    {
        HashSet<int> clamped = [.. data.Crystals.Where(crystal => crystal.IsClamped).Select(crystal => crystal.Index)];
        SimulationLogEntry[] made = [.. data.Log.Where(entry => entry.IsMade && entry.Atoms > 0)];
        Plot plot = PictureStyle.NewPlot(box);
        AddDots(plot, made.Where(entry => !clamped.Contains(entry.Index)), CrystalColours.Free);
        AddDots(plot, made.Where(entry => clamped.Contains(entry.Index)), CrystalColours.Clamped);
        (double left, double right) = Limits(made.Select(Atoms));
        (double bottom, double top) = Limits(made.Select(Seconds));
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.Axes.Bottom.TickGenerator = NiceTicks.Logarithmic(left, right);
        plot.Axes.Bottom.Label.Text = "atoms";
        plot.Axes.Left.TickGenerator = NiceTicks.Logarithmic(bottom, top);
        plot.Axes.Left.Label.Text = "time inside LAMMPS (s)";
        PictureStyle.Render(plot, canvas, cell);
        PictureText.Draw(
            canvas,
            "Time inside LAMMPS of each crystal",
            box.Left,
            box.Top - 9,
            PictureStyle.HeadingSize,
            PictureStyle.Ink
        );
    }

    private static void AddDots(Plot plot, IEnumerable<SimulationLogEntry> entries, Color colour)
    {
        SimulationLogEntry[] all = [.. entries];
        if (all.Length > 0)
        {
            var dots = plot.Add.ScatterPoints(all.Select(Atoms).ToArray(), all.Select(Seconds).ToArray(), colour);
            dots.MarkerSize = all.Length > 500 ? 3.5f : 5;
        }
    }

    private static (double Low, double High) Limits(IEnumerable<double> values)
    {
        double[] all = [.. values.DefaultIfEmpty(0)];
        double room = Math.Max(0.08, 0.05 * (all.Max() - all.Min()));
        return (all.Min() - room, all.Max() + room);
    }

    private static double Atoms(SimulationLogEntry entry) => Math.Log10(entry.Atoms);

    private static double Seconds(SimulationLogEntry entry) =>
        Math.Log10(Math.Max(LeastSeconds, entry.LammpsTime.TotalSeconds));
}
