using Fringe.App.Reports.Drawing;
using Fringe.Core.Volumes;
using Fringe.Formats;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Reports;

/// <summary>A true object and what was found of it, slice by slice.</summary>
internal static class ExamplePicture
{
    private const int Edge = 250;

    public static void Write(string path, string title, ComplexVolume truth, ComplexVolume found, bool[] support)
    {
        const int pitch = Edge + 96;
        using var surface = SKSurface.Create(
            new SKImageInfo(1130, 80 + (4 * pitch), SKColorType.Rgba8888, SKAlphaType.Premul)
        );
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        PictureText.Draw(canvas, title, 20, 40, 18, PictureStyle.Ink);
        ObjectPanels above = new(truth, support, null);
        ObjectPanels below = new(found, support, null);
        above.DrawAmplitude(canvas, Row(90));
        below.DrawAmplitude(canvas, Row(90 + pitch));
        above.DrawPhase(canvas, Row(90 + (2 * pitch)));
        below.DrawPhase(canvas, Row(90 + (3 * pitch)));
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        AsideFile.WriteAll(path, png.ToArray());
    }

    private static PanelRow Row(int top)
    {
        PixelRect[] boxes =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => new PixelRect(82 + (i * 316), 82 + (i * 316) + Edge, top + Edge, top)),
        ];
        int bar = 82 + (2 * 316) + Edge + 14;
        return new PanelRow(
            [.. boxes.Select(box => new PixelRect(box.Left - 62, box.Right + 4, box.Bottom + 54, box.Top - 8))],
            boxes,
            new PixelRect(bar - 6, bar + 90, top + Edge + 54, top - 8),
            new PixelRect(bar, bar + 18, top + Edge, top)
        );
    }
}
