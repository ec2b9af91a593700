using Fringe.Simulation.CrystalSets;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>The histograms of a set's figures, three in a row. The same data gives the same bytes.</summary>
internal static class FiguresPicture
{
    private const int Width = 1800;
    private const int Columns = 3;
    private const int HeadHeight = 58;
    private const int BoxHeight = 230;
    private const int AxisRoom = 78;
    private const int Pitch = BoxHeight + 100;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Render(CrystalSetData data)
    {
        IReadOnlyList<CrystalFigure> figures = CrystalFigures.Of(data);
        int rows = (figures.Count + Columns - 1) / Columns;
        var info = new SKImageInfo(Width, HeadHeight + (rows * Pitch), SKColorType.Rgba8888, SKAlphaType.Premul);
        using SKSurface surface = SKSurface.Create(info);
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        for (int i = 0; i < figures.Count; i++)
        {
            int left = AxisRoom + (i % Columns * (Width / Columns));
            int right = ((i % Columns) + 1) * (Width / Columns) - 20;
            int top = HeadHeight + 20 + (i / Columns * Pitch);
            HistogramPanel.Draw(
                canvas,
                figures[i],
                figures[i].IsClamped.Count > 0 ? "crystals" : "examples",
                new PixelRect(left - AxisRoom, right + 16, top + BoxHeight + 54, top - 8),
                new PixelRect(left, right, top + BoxHeight, top)
            );
        }

        ClampedKey.Draw(canvas, data, AxisRoom, 30);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
