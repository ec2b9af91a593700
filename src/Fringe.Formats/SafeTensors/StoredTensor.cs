namespace Fringe.Formats.SafeTensors;

/// <summary>A tensor as it stands in a safetensors file.</summary>
/// <param name="Type">The format's name of the element type: F32, F16, BF16, F64, I64, U8 ...</param>
/// <param name="Shape">Lengths of the axes; empty for a scalar.</param>
/// <param name="Data">Little endian, C order.</param>
public sealed record StoredTensor(string Type, IReadOnlyList<long> Shape, byte[] Data)
{
    /// <summary>Bytes of an element; 0 for a type that Fringe does not know.</summary>
    public static int SizeOf(string type) =>
        type switch
        {
            "F64" or "I64" => 8,
            "F32" or "I32" => 4,
            "F16" or "BF16" => 2,
            "U8" or "I8" or "BOOL" => 1,
            _ => 0,
        };
}
