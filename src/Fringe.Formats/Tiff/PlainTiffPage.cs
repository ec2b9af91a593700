using Fringe.Formats.Arrays;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Tiff;

/// <summary>
/// A page that needs no decoder: one uncompressed strip of grey pixels, as detectors write frames. Opening LibTiff costs
/// milliseconds a file, which a rocking curve of some hundred frames pays for each.
/// </summary>
/// <param name="Layout">Size and type; the type has the byte order of the file.</param>
/// <param name="Offset">First byte of the pixels.</param>
internal sealed record PlainTiffPage(FrameLayout Layout, long Offset)
{
    /// <summary>The page that these tags describe, or null where it is LibTiff's to judge.</summary>
    /// <param name="tags">Tags with a single value.</param>
    /// <param name="bigEndian">Byte order of the file.</param>
    /// <param name="fileLength">Bytes in the file.</param>
    public static PlainTiffPage? Find(IReadOnlyDictionary<long, long> tags, bool bigEndian, long fileLength)
    {
        long Tag(long tag, long missing) => tags.TryGetValue(tag, out long value) ? value : missing;

        ElementKind? kind = Tag(339, 1) switch
        {
            1 => ElementKind.Unsigned,
            2 => ElementKind.Signed,
            3 => ElementKind.Float,
            _ => null,
        };
        long bits = Tag(258, 1);
        bool isPlain =
            kind is { } known
            && bits % 8 == 0
            && ElementType.IsSupported(known, (int)bits / 8)
            && Tag(259, 1) == 1 // compression
            && Tag(262, 1) is 0 or 1 // grey
            && Tag(266, 1) == 1 // fill order
            && Tag(277, 1) == 1 // samples a pixel
            && !tags.ContainsKey(322)
            && !tags.ContainsKey(323)
            && tags.ContainsKey(273)
            && tags.ContainsKey(279);
        if (!isPlain)
        {
            return null;
        }

        var type = new ElementType(kind!.Value, (int)bits / 8, bigEndian && bits > 8);
        var layout = new FrameLayout((int)Tag(257, 0), (int)Tag(256, 0), type, "none");
        bool isWhole =
            layout.Bytes <= Tag(279, 0) && layout.Bytes <= fileLength && Tag(278, layout.Height) >= layout.Height;
        return isWhole ? new PlainTiffPage(layout, Tag(273, 0)) : null;
    }
}
