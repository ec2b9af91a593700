namespace Fringe.Core.Volumes;

/// <summary>
/// A real volume in managed memory, the form in which files are read and pictures are drawn:
/// float32 <c>[z, y, x]</c> in C order, a measured stack is <c>[rocking, row, column]</c>.
/// </summary>
public sealed class RealVolume
{
    /// <param name="values">float32, C order, <c>depth * height * width</c> values; not copied.</param>
    /// <param name="depth">Length of axis z (rocking).</param>
    /// <param name="height">Length of axis y (row).</param>
    /// <param name="width">Length of axis x (column).</param>
    /// <exception cref="ArgumentException">The number of values is not the product of the axes.</exception>
    public RealVolume(float[] values, int depth, int height, int width)
    {
        if (values.LongLength != (long)depth * height * width)
        {
            throw new ArgumentException($"{values.LongLength} values do not fill {depth} x {height} x {width}");
        }

        Values = values;
        Depth = depth;
        Height = height;
        Width = width;
    }

    /// <summary>The values in C order; x varies fastest.</summary>
    public float[] Values { get; }

    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    public float this[int z, int y, int x]
    {
        get => Values[((((long)z * Height) + y) * Width) + x];
        set => Values[((((long)z * Height) + y) * Width) + x] = value;
    }
}
