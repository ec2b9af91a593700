using System.Runtime.InteropServices;

namespace Fringe.Formats.Vtk;

/// <summary>A named scalar on every point of a grid, C order <c>[z, y, x]</c>; the values are borrowed.</summary>
public sealed class VtiArray
{
    private readonly float[]? floats;
    private readonly bool[]? bools;

    private VtiArray(string name, float[]? floats, bool[]? bools)
    {
        Name = name;
        this.floats = floats;
        this.bools = bools;
    }

    /// <summary>The name that ParaView lists: "amplitude", "phase", "support".</summary>
    public string Name { get; }

    internal string VtkType => floats is null ? "UInt8" : "Float32";

    internal long Count => floats?.LongLength ?? bools!.LongLength;

    internal ReadOnlySpan<byte> Bytes =>
        floats is null ? MemoryMarshal.AsBytes(bools.AsSpan()) : MemoryMarshal.AsBytes(floats.AsSpan());

    /// <summary>float32 values.</summary>
    public static VtiArray Of(string name, float[] values) => new(name, values, null);

    /// <summary>Booleans, written as bytes 0 and 1.</summary>
    public static VtiArray Of(string name, bool[] values) => new(name, null, values);
}
