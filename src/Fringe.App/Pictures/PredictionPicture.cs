using Fringe.App.Pictures.Panels;
using Fringe.Core.Volumes;
using Fringe.Formats.Writing;
using SkiaSharp;

namespace Fringe.App.Pictures;

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
        panels.DrawAmplitude(canvas, PanelRow.Of(Left, Top, Box, Pitch, 3));
        panels.DrawPhase(canvas, PanelRow.Of(Left, Top + Box + 94, Box, Pitch, 3));
        new PatternPanels(measured, modelled, mask).Draw(
            canvas,
            PanelRow.Of(Left, Top + (2 * (Box + 98)), 180, 205, 6)
        );
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        AsideFile.WriteAll(path, png.ToArray());
    }
}
