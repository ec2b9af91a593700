using System.Runtime.InteropServices;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Npy;

/// <summary>A named array of an NPZ file, in C order.</summary>
public sealed class NpzArray
{
    private readonly Action<Stream> write;

    private NpzArray(string name, string type, IReadOnlyList<int> shape, Action<Stream> write)
    {
        Name = name;
        Type = type;
        Shape = shape;
        this.write = write;
    }

    /// <summary>numpy's key.</summary>
    public string Name { get; }

    /// <summary>numpy's type string, "&lt;f4".</summary>
    internal string Type { get; }

    internal IReadOnlyList<int> Shape { get; }

    /// <summary>float32 <c>[z, y, x]</c>.</summary>
    public static NpzArray Of(string name, RealVolume volume) =>
        new(
            name,
            "<f4",
            [volume.Depth, volume.Height, volume.Width],
            stream => stream.Write(MemoryMarshal.AsBytes(volume.Values.AsSpan()))
        );

    /// <summary>uint8, 1 where true.</summary>
    /// <param name="name">numpy's key.</param>
    /// <param name="values">As many as the shape has.</param>
    /// <param name="shape">Lengths of the axes.</param>
    public static NpzArray Of(string name, bool[] values, IReadOnlyList<int> shape) =>
        new(name, "|u1", shape, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));

    /// <summary>float64.</summary>
    /// <param name="name">numpy's key.</param>
    /// <param name="values">As many as the shape has.</param>
    /// <param name="shape">Lengths of the axes; none for a single number.</param>
    public static NpzArray Of(string name, double[] values, IReadOnlyList<int> shape) =>
        new(name, "<f8", shape, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));

    /// <summary>int32, one axis.</summary>
    /// <param name="name">numpy's key.</param>
    /// <param name="values">All of them.</param>
    public static NpzArray Of(string name, int[] values) =>
        new(name, "<i4", [values.Length], stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));

    internal void Write(Stream stream)
    {
        stream.Write(NpyHeader.Bytes(Type, Shape));
        write(stream);
    }
}
