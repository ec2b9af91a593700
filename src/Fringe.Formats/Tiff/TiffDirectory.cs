namespace Fringe.Formats.Tiff;

/// <summary>A page's entry in a TIFF file, as the walk through the file found it.</summary>
/// <param name="Offset">Where the entry begins.</param>
/// <param name="IsPreview">The file says that the page is a smaller copy of another, or a transparency mask.</param>
/// <param name="Plain">The page, where it needs no decoder; else null.</param>
/// <param name="Problem">Why its pixels are no counts, though they look like grey values; null if nothing tells.</param>
/// <param name="Description">Its text; "" without.</param>
internal sealed record TiffDirectory(
    long Offset,
    bool IsPreview,
    PlainTiffPage? Plain,
    string? Problem,
    string Description
)
{
    /// <summary>Which corner of the picture the first pixel is in, and whether rows and columns are swapped: 1 = top left (tag 274).</summary>
    public long Orientation { get; init; } = 1;
}
