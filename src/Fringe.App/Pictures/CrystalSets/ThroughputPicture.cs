using Fringe.Simulation.CrystalSets;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>How fast a set was made. The same data gives the same bytes.</summary>
internal static class ThroughputPicture
{
    private const int Width = 1800;
    private const int Height = 480;
    private const int Top = 74;
    private const int BoxHeight = 340;
    private const int AxisRoom = 86;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Render(CrystalSetData data, Throughput throughput)
    {
        var info = new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using SKSurface surface = SKSurface.Create(info);
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        RatePanel.Draw(canvas, throughput, Cell(0), Box(0));
        EffortPanel.Draw(canvas, data, Cell(1), Box(1));
        ClampedKey.Draw(canvas, data, Box(1).Left, 30);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static PixelRect Box(int column)
    {
        int left = AxisRoom + (column * Width / 2);
        return new PixelRect(left, ((column + 1) * Width / 2) - 30, Top + BoxHeight, Top);
    }

    private static PixelRect Cell(int column)
    {
        PixelRect box = Box(column);
        return new PixelRect(box.Left - AxisRoom, box.Right + 24, box.Bottom + 56, box.Top - 8);
    }
}
