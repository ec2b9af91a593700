using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>Headings and remarks outside the plots, drawn so that they fit where they stand.</summary>
internal static class PictureText
{
    /// <summary>Draws one line; <paramref name="y"/> is its baseline.</summary>
    public static void Draw(
        SKCanvas canvas,
        string text,
        float x,
        float y,
        float size,
        SKColor color,
        SKTextAlign align = SKTextAlign.Left
    )
    {
        using SKFont font = FontOf(size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>Width of a line in pixels.</summary>
    public static float Measure(string text, float size)
    {
        using SKFont font = FontOf(size);
        return font.MeasureText(text);
    }

    /// <summary>Replaces the middle of a name by an ellipsis until it is no wider than <paramref name="width"/> pixels.</summary>
    public static string Shorten(string name, float size, float width)
    {
        if (Measure(name, size) <= width)
        {
            return name;
        }

        for (int keep = name.Length - 1; keep > 1; keep--)
        {
            string shorter = string.Concat(name.AsSpan(0, (keep + 1) / 2), "…", name.AsSpan(name.Length - (keep / 2)));
            if (Measure(shorter, size) <= width)
            {
                return shorter;
            }
        }

        return "…";
    }

    /// <summary>Draws a paragraph, breaking it between words, from the baseline of its first line downwards.</summary>
    public static void DrawParagraph(
        SKCanvas canvas,
        string text,
        float x,
        float y,
        float width,
        float size,
        SKColor color
    )
    {
        string line = string.Empty;
        foreach (string word in text.Split(' '))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Measure(longer, size) > width)
            {
                Draw(canvas, line, x, y, size, color);
                y += size * 1.5f;
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        Draw(canvas, line, x, y, size, color);
    }

    private static SKFont FontOf(float size) =>
        new(PictureFont.Typeface, size) { Subpixel = true, Hinting = SKFontHinting.Slight };
}
