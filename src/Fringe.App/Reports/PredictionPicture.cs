using Fringe.App.Reports.Drawing;
using Fringe.Core.Volumes;
using Fringe.Formats;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Reports;

/// <summary><c>summary.png</c> of a prediction: slices of the object above, the pattern it was made from and its own below.</summary>
internal static class PredictionPicture
{
    public const int Width = 1420;
    public const int Height = 1330;

    private const int Left = 82;
    private const int Top = 96;
    private const int Box = 350;
    private const int Pitch = 416;

    /// <summary>Draws and replaces the file at <paramref name="path"/>.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="title">The line above.</param>
    /// <param name="psi">The object, canonical.</param>
    /// <param name="support">Of its length.</param>
    /// <param name="measured">Photons.</param>
    /// <param name="mask">true = not measured.</param>
    /// <param name="modelled">Photons of the object's pattern.</param>
    public static void Write(
        string path,
        string title,
        ComplexVolume psi,
        bool[] support,
        RealVolume measured,
        bool[] mask,
        RealVolume modelled
    )
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        PictureText.Draw(canvas, title, 20, 44, 22, PictureStyle.Ink);
        ObjectPanels panels = new(psi, support, null);
        panels.DrawAmplitude(canvas, Row(Top, Box, Pitch, 3));
        panels.DrawPhase(canvas, Row(Top + Box + 94, Box, Pitch, 3));
        new PatternPanels(measured, modelled, mask).Draw(canvas, Row(Top + (2 * (Box + 98)), 180, 205, 6));
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        AsideFile.WriteAll(path, png.ToArray());
    }

    private static PanelRow Row(int top, int edge, int pitch, int count)
    {
        PixelRect[] boxes = [.. Enumerable.Range(0, count).Select(i => At(Left + (i * pitch), top, edge, edge))];
        int bar = Left + ((count - 1) * pitch) + edge + 16;
        return new PanelRow(
            [.. boxes.Select(box => new PixelRect(box.Left - 62, box.Right + 4, box.Bottom + 54, box.Top - 8))],
            boxes,
            new PixelRect(bar - 6, bar + 90, top + edge + 54, top - 8),
            At(bar, top, 18, edge)
        );
    }

    private static PixelRect At(int left, int top, int width, int height) => new(left, left + width, top + height, top);
}
