namespace Fringe.Formats.Arrays;

/// <summary>An array of a file that can be read as real numbers.</summary>
/// <param name="Name">HDF5 path, NPZ array name, or "".</param>
/// <param name="Shape">Length of each axis, slowest first.</param>
/// <param name="Type">Type of one element.</param>
/// <param name="WorkBytes">Memory that reading needs beside the result.</param>
internal sealed record StoredArray(string Name, IReadOnlyList<long> Shape, ElementType Type, long WorkBytes = 0)
{
    /// <summary>Added to what is stored.</summary>
    public double Offset { get; init; }

    public string ShapeText => Shapes.Text(Shape);
}
