using Fringe.App.Reports;
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
        if (report.Figures.Find(PhasingFigures.Chi) is { } chi)
        {
            yield return $"chi {chi.Text}";
        }

        if (report.Figures.Find(PhasingFigures.FreeLogLikelihood) is { } free)
        {
            yield return $"free LLK {free.Text}";
        }

        if (report.Figures.Find(PhasingFigures.SupportVoxels) is { } support)
        {
            yield return $"support {support.TextWithUnit}";
        }

        if (report.Figures[TimeFigures.Total] is { } seconds)
        {
            yield return NumberText.Duration(TimeSpan.FromSeconds(seconds));
        }
    }
}
