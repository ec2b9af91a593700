using Fringe.Imaging.Figures;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>The one line above the picture: what was phased and how well.</summary>
internal static class PictureTitle
{
    private const float Size = 22;

    /// <summary>Draws it on one line; a long name loses its middle.</summary>
    public static void Draw(SKCanvas canvas, PhasingReport report, float x, float y, float width)
    {
        string figures = string.Join("   ·   ", Figures(report));
        const string gap = "   ·   ";
        float room = width - PictureText.Measure(gap + figures, Size);
        string name = PictureText.Shorten(report.SampleName, Size, Math.Max(200, room));
        PictureText.Draw(canvas, name + gap + figures, x, y, Size, PictureStyle.Ink);
    }

    private static IEnumerable<string> Figures(PhasingReport report)
    {
        yield return $"{report.Measured.Depth} × {report.Measured.Height} × {report.Measured.Width}";
        if (report.FindMetric(MetricKeys.Chi) is { } chi)
        {
            yield return $"chi {NumberText.Figure(chi.Value)}";
        }

        if (report.FindMetric(MetricKeys.FreeLogLikelihood) is { } free)
        {
            yield return $"free LLK {NumberText.Figure(free.Value)}";
        }

        if (report.FindMetric(MetricKeys.SupportVoxels) is { } support)
        {
            yield return $"support {NumberText.Figure(support.Value)} voxels";
        }

        if (report.FindMetric(MetricKeys.SecondsTotal) is { Value: { } seconds })
        {
            yield return NumberText.Duration(TimeSpan.FromSeconds(seconds));
        }
    }
}
