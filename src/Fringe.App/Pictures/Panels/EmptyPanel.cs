using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>Says why there is nothing to draw, where an empty plot would leave the reader guessing.</summary>
internal static class EmptyPanel
{
    public static void Draw(SKCanvas canvas, PixelRect box, string heading, string why)
    {
        PictureText.Draw(canvas, heading, box.Left, box.Top - 9, PictureStyle.HeadingSize, PictureStyle.Ink);
        using var frame = new SKPaint { Color = new SKColor(214, 217, 221), IsStroke = true };
        canvas.DrawRect(box.Left + 0.5f, box.Top + 0.5f, box.Width - 1, box.Height - 1, frame);
        PictureText.DrawParagraph(
            canvas,
            why,
            box.Left + 24,
            box.VerticalCenter - 20,
            box.Width - 48,
            PictureStyle.HeadingSize,
            PictureStyle.Faint
        );
    }
}
