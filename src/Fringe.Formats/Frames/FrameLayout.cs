using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>How the pixels of one frame are stored.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Type">Type of one pixel, unpacked.</param>
/// <param name="Compression">"none", "LZW" ...</param>
internal sealed record FrameLayout(int Height, int Width, ElementType Type, string Compression)
{
    /// <summary>What the stored pixels mean.</summary>
    public PixelValues Values { get; init; } = PixelValues.Counts;

    /// <summary>Of the pixels, unpacked.</summary>
    public long Bytes => (long)Width * Height * Type.Size;

    /// <summary>Whether both can stand in one stack.</summary>
    public bool Fits(FrameLayout other) =>
        (Height, Width, Type, Values) == (other.Height, other.Width, other.Type, other.Values);

    /// <summary>"256 x 512 uint16": rows, columns and type.</summary>
    public override string ToString() =>
        $"{Height} x {Width} {Type.Name}"
        + string.Concat(Values.Remarks().Select(remark => $" ({remark.TrimEnd('.')})"));
}
