using Fringe.App.Reports;
using Fringe.Imaging.Figures;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>
/// The phase retrieval transfer function, or where there is none the correlation with replicas, with the usual thresholds and the
/// resolution they give.
/// </summary>
internal static class ResolutionPanel
{
    private const string PrtfHeading = "PRTF (phase retrieval transfer function)";
    private const string CorrelationHeading = "FSC (Fourier shell correlation) with the replicas";
    private static readonly Color Line = new(20, 82, 150);
    private static readonly Color Threshold = new(176, 60, 40);

    public static void Draw(SKCanvas canvas, PhasingReport report, PixelRect cell, PixelRect box)
    {
        if ((report.Prtf ?? report.ShellCorrelation) is not { } curve)
        {
            EmptyPanel.Draw(
                canvas,
                box,
                PrtfHeading,
                "The PRTF compares independent starts (those from the network count as one): it needs at least two. Run again with --starts 5."
            );
            return;
        }

        bool isPrtf = report.Prtf is not null;
        string heading = isPrtf ? PrtfHeading : CorrelationHeading;
        const double right = 1;
        Plot plot = PictureStyle.NewPlot(box);
        plot.Axes.SetLimits(0, right, 0, 1.05);
        AddThreshold(plot, 0.5, "0.5", curve.Resolution(0.5), right);
        if (isPrtf)
        {
            AddThreshold(plot, 1 / Math.E, "1/e", curve.Resolution(1 / Math.E), right);
        }

        (double X, double Y)[] points =
        [
            .. curve
                .Frequency.Select(OfNyquist)
                .Zip(curve.Value)
                .Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)),
        ];
        if (points.Length > 0)
        {
            var line = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray(), Line);
            line.LineWidth = 1.8f;
            line.MarkerSize = 4;
        }

        plot.Axes.Bottom.TickGenerator = NiceTicks.Linear(0, right, 5);
        plot.Axes.Bottom.Label.Text = "spatial frequency (fraction of Nyquist)";
        plot.Axes.Left.TickGenerator = NiceTicks.Linear(0, 1, 5);
        plot.Axes.Left.Label.Text = isPrtf ? "PRTF" : "FSC";
        PictureStyle.Render(plot, canvas, cell);
        PictureText.Draw(canvas, heading, box.Left, box.Top - 9, PictureStyle.HeadingSize, PictureStyle.Ink);
    }

    /// <summary>A dashed line, its name and resolution above it, and a marker where the curve first falls below it.</summary>
    private static void AddThreshold(Plot plot, double level, string name, double? resolution, double right)
    {
        var line = plot.Add.HorizontalLine(level, 1.2f, Threshold, LinePattern.Dashed);
        line.LabelText = string.Empty;
        string reached = resolution is { } voxels ? $"{NumberText.Figure(voxels)} voxels" : "not reached";
        var label = plot.Add.Text($"{name}: {reached}", right * 0.015, level);
        label.LabelFontSize = PictureStyle.TickSize;
        label.LabelFontColor = Threshold;
        label.LabelAlignment = ScottPlot.Alignment.UpperLeft;
        label.OffsetY = 5;
        if (resolution is { } period)
        {
            double x = OfNyquist(1 / period);
            var marker = plot.Add.Line(x, 0, x, level);
            marker.LineColor = Threshold;
            marker.LineWidth = 1;
            marker.LinePattern = LinePattern.Dotted;
        }
    }

    private static double OfNyquist(double cyclesPerVoxel) => 2 * cyclesPerVoxel;
}
