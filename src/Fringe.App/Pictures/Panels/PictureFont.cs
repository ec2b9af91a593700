using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>
/// The one font of the pictures, DejaVu Sans embedded in the program: text renders where no font is installed, and the
/// same report gives the same bytes whatever fonts a machine has.
/// </summary>
internal static class PictureFont
{
    /// <summary>Family name under which ScottPlot finds it.</summary>
    public const string Family = "Fringe DejaVu Sans";

    private static readonly Lazy<SKTypeface> Loaded = new(Load);

    /// <summary>Makes the font known to ScottPlot and returns it; cheap after the first call, and thread-safe.</summary>
    public static SKTypeface Typeface => Loaded.Value;

    private static SKTypeface Load()
    {
        using Stream stream =
            typeof(PictureFont).Assembly.GetManifestResourceStream("Fringe.App.DejaVuSans.ttf")
            ?? throw new InvalidOperationException("the embedded font is missing from the program");
        using SKData data = SKData.Create(stream);
        SKTypeface typeface =
            SKTypeface.FromData(data) ?? throw new InvalidOperationException("the embedded font cannot be read");
        ScottPlot.Fonts.FontResolvers.Insert(0, new Resolver(typeface));
        return typeface;
    }

    /// <summary>Gives the font for its family in every weight: the pictures use one weight.</summary>
    private sealed class Resolver(SKTypeface typeface) : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Family ? typeface : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            fontName == Family ? typeface : null;
    }
}
