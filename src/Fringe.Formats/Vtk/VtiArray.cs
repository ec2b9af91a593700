using System.Runtime.InteropServices;

namespace Fringe.Formats.Vtk;

/// <summary>A named scalar on every point of a grid, C order <c>[z, y, x]</c>; the values are borrowed.</summary>
public sealed class VtiArray
{
    private readonly float[]? _floats;
    private readonly bool[]? _bools;

    private VtiArray(string name, float[]? floats, bool[]? bools)
    {
        Name = name;
        _floats = floats;
        _bools = bools;
    }

    /// <summary>The name that ParaView lists: "amplitude", "phase", "support".</summary>
    public string Name { get; }

    internal string VtkType => _floats is null ? "UInt8" : "Float32";

    internal long Count => _floats?.LongLength ?? _bools!.LongLength;

    internal ReadOnlySpan<byte> Bytes =>
        _floats is null ? MemoryMarshal.AsBytes(_bools.AsSpan()) : MemoryMarshal.AsBytes(_floats.AsSpan());

    /// <summary>float32 values.</summary>
    public static VtiArray Of(string name, float[] values) => new(name, values, null);

    /// <summary>Booleans, written as bytes 0 and 1.</summary>
    public static VtiArray Of(string name, bool[] values) => new(name, null, values);
}
