using Fringe.App.Reports;
using Fringe.Core.Phasing.Combining;
using Fringe.Imaging.Figures;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>chi of every iteration on a log scale: the best start in front, the recipe's stretches shaded.</summary>
internal static class ChiPanel
{
    private static readonly Color BestLine = new(20, 82, 150);
    private static readonly Color OtherLine = new(150, 158, 168);

    /// <summary>Shades, in the order in which the algorithms first appear.</summary>
    private static readonly Color[] Shades =
    [
        new(252, 229, 205),
        new(217, 232, 246),
        new(220, 240, 216),
        new(236, 222, 240),
        new(250, 240, 196),
        new(226, 226, 226),
    ];

    public static void Draw(SKCanvas canvas, PhasingReport report, PixelRect cell, PixelRect box)
    {
        double[] finite = [.. report.Starts.SelectMany(start => start.ChiHistory).Where(IsDrawable).Select(Math.Log10)];
        int iterations = report.Starts.Select(start => start.ChiHistory.Count).DefaultIfEmpty(0).Max();
        if (finite.Length == 0)
        {
            EmptyPanel.Draw(canvas, box, "chi of every iteration", "No chi was recorded.");
            return;
        }

        double room = Math.Max(0.08, (finite.Max() - finite.Min()) * 0.06);
        double low = finite.Min() - room;
        double high = finite.Max() + room;
        Plot plot = PictureStyle.NewPlot(box);
        string[] algorithms = Shade(plot, report.RecipePhases, iterations);
        foreach (StartOutcome start in report.Starts.Skip(1).Reverse())
        {
            AddLine(plot, start.ChiHistory, OtherLine, 1);
        }

        AddLine(plot, report.Starts[0].ChiHistory, BestLine, 1.8f);
        plot.Axes.SetLimits(0.5, Math.Max(2, iterations + 0.5), low, high);
        plot.Axes.Left.TickGenerator = NiceTicks.Logarithmic(low, high);
        plot.Axes.Left.Label.Text = "chi";
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        foreach (double tick in NiceTicks.Between(1, iterations, 5).Where(tick => tick == Math.Round(tick)))
        {
            ticks.AddMajor(tick, NumberText.Count((long)tick));
        }

        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Bottom.Label.Text = "iteration";
        PictureStyle.Render(plot, canvas, cell);
        DrawHeading(canvas, report.Starts.Count, algorithms, box);
    }

    private static string[] Shade(Plot plot, IReadOnlyList<RecipePhase> phases, int iterations)
    {
        string[] algorithms = [.. phases.Select(phase => phase.Algorithm).Distinct()];
        for (int i = 0; i < phases.Count; i++)
        {
            int end = i + 1 < phases.Count ? phases[i + 1].FirstIteration : iterations;
            if (end <= phases[i].FirstIteration)
            {
                continue;
            }

            var span = plot.Add.HorizontalSpan(phases[i].FirstIteration + 0.5, end + 0.5);
            span.FillStyle.Color = ShadeOf(algorithms, phases[i].Algorithm);
            span.LineStyle.Width = 0;
        }

        return algorithms;
    }

    /// <summary>Draws the stretches between missing values, each as a line; a lone value as a dot.</summary>
    private static void AddLine(Plot plot, IReadOnlyList<double> history, Color color, float width)
    {
        var xs = new List<double>();
        var ys = new List<double>();
        for (int i = 0; i <= history.Count; i++)
        {
            if (i < history.Count && IsDrawable(history[i]))
            {
                xs.Add(i + 1);
                ys.Add(Math.Log10(history[i]));
            }
            else if (xs.Count > 0)
            {
                var line = plot.Add.Scatter(xs.ToArray(), ys.ToArray(), color);
                line.LineWidth = width;
                line.MarkerSize = xs.Count == 1 ? 4 : 0;
                xs.Clear();
                ys.Clear();
            }
        }
    }

    /// <summary>Heading on the left, the shades' names on its right.</summary>
    private static void DrawHeading(SKCanvas canvas, int starts, string[] algorithms, PixelRect box)
    {
        string heading = starts > 1 ? $"chi (blue: best of {starts})" : "chi";
        float y = box.Top - 9;
        PictureText.Draw(canvas, heading, box.Left, y, PictureStyle.HeadingSize, PictureStyle.Ink);
        float room = box.Width - PictureText.Measure(heading, PictureStyle.HeadingSize) - 12;
        string[] shown = [.. algorithms.Take(Shades.Length)];
        float[] widths = [.. shown.Select(name => PictureText.Measure(name, PictureStyle.TickSize) + 28)];
        float x = box.Right - Math.Min(widths.Sum(), room);
        for (int i = 0; i < shown.Length && x + widths[i] <= box.Right + 1; i++)
        {
            using var paint = new SKPaint { Color = ShadeOf(algorithms, shown[i]).ToSKColor() };
            canvas.DrawRect(x, y - 11, 13, 13, paint);
            PictureText.Draw(canvas, shown[i], x + 17, y, PictureStyle.TickSize, PictureStyle.Faint);
            x += widths[i];
        }
    }

    private static Color ShadeOf(string[] algorithms, string algorithm) =>
        Shades[Math.Min(Array.IndexOf(algorithms, algorithm), Shades.Length - 1)];

    private static bool IsDrawable(double chi) => double.IsFinite(chi) && chi > 0;
}
