using Fringe.App.Pictures.Panels;
using Fringe.Core.Volumes;
using Fringe.Formats.Writing;
using SkiaSharp;

namespace Fringe.App.Pictures;

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
        above.DrawAmplitude(canvas, PanelRow.Of(82, 90, Edge, 316, 3));
        below.DrawAmplitude(canvas, PanelRow.Of(82, 90 + pitch, Edge, 316, 3));
        above.DrawPhase(canvas, PanelRow.Of(82, 90 + (2 * pitch), Edge, 316, 3));
        below.DrawPhase(canvas, PanelRow.Of(82, 90 + (3 * pitch), Edge, 316, 3));
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        AsideFile.WriteAll(path, png.ToArray());
    }
}
