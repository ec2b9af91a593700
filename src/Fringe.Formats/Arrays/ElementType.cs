using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fringe.Formats.Arrays;

/// <summary>The type of a stored real number, and how to turn its bytes into float32.</summary>
/// <param name="Kind">Family of numbers.</param>
/// <param name="Size">Bytes of one element: 1, 2, 4 or 8.</param>
/// <param name="BigEndian">The most significant byte comes first.</param>
internal sealed record ElementType(ElementKind Kind, int Size, bool BigEndian)
{
    /// <summary>As numpy spells it, without byte order: "uint16".</summary>
    public string Name => Kind == ElementKind.Bool ? "bool" : $"{Prefix}{8 * Size}";

    /// <summary>The largest value of an integer type, which detectors write for "saturated or dead"; null for other types.</summary>
    public double? DtypeMaximum =>
        Kind switch
        {
            ElementKind.Unsigned => Math.Pow(2, 8 * Size) - 1,
            ElementKind.Signed => Math.Pow(2, (8 * Size) - 1) - 1,
            _ => null,
        };

    private string Prefix =>
        Kind switch
        {
            ElementKind.Unsigned => "uint",
            ElementKind.Signed => "int",
            _ => "float",
        };

    /// <summary>Whether this machine can decode the combination of kind and size.</summary>
    public static bool IsSupported(ElementKind kind, int size) =>
        kind switch
        {
            ElementKind.Bool => size == 1,
            ElementKind.Float => size is 2 or 4 or 8,
            _ => size is 1 or 2 or 4 or 8,
        };

    /// <summary>Decodes <c>destination.Length</c> elements; <paramref name="bytes"/> is swapped in place if it must be.</summary>
    public void Decode(Span<byte> bytes, Span<float> destination)
    {
        bytes = bytes[..(destination.Length * Size)];
        if (BigEndian == BitConverter.IsLittleEndian && Size > 1)
        {
            SwapBytes(bytes);
        }

        switch (Kind, Size)
        {
            case (ElementKind.Bool, _):
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = bytes[i] == 0 ? 0 : 1;
                }

                break;
            case (ElementKind.Unsigned, 1):
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = bytes[i];
                }

                break;
            case (ElementKind.Signed, 1):
                Convert<sbyte>(bytes, destination, static value => value);
                break;
            case (ElementKind.Unsigned, 2):
                Convert<ushort>(bytes, destination, static value => value);
                break;
            case (ElementKind.Signed, 2):
                Convert<short>(bytes, destination, static value => value);
                break;
            case (ElementKind.Unsigned, 4):
                Convert<uint>(bytes, destination, static value => value);
                break;
            case (ElementKind.Signed, 4):
                Convert<int>(bytes, destination, static value => value);
                break;
            case (ElementKind.Unsigned, 8):
                Convert<ulong>(bytes, destination, static value => value);
                break;
            case (ElementKind.Signed, 8):
                Convert<long>(bytes, destination, static value => value);
                break;
            case (ElementKind.Float, 2):
                Convert<Half>(bytes, destination, static value => (float)value);
                break;
            case (ElementKind.Float, 4):
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(destination);
                break;
            case (ElementKind.Float, 8):
                Convert<double>(bytes, destination, static value => (float)value);
                break;
            default:
                throw new InvalidOperationException($"{Kind} of {Size} bytes was let through");
        }
    }

    /// <summary>Decodes one element at full precision.</summary>
    public double DecodeOne(Span<byte> bytes)
    {
        if (BigEndian == BitConverter.IsLittleEndian && Size > 1)
        {
            SwapBytes(bytes);
        }

        return (Kind, Size) switch
        {
            (ElementKind.Float, 8) => BitConverter.ToDouble(bytes),
            (ElementKind.Float, 4) => double.Parse(BitConverter.ToSingle(bytes).ToString("R")),
            (ElementKind.Signed, 8) => BitConverter.ToInt64(bytes),
            (ElementKind.Unsigned, 8) => BitConverter.ToUInt64(bytes),
            (ElementKind.Signed, 4) => BitConverter.ToInt32(bytes),
            (ElementKind.Unsigned, 4) => BitConverter.ToUInt32(bytes),
            _ => DecodeSmall(bytes),
        };
    }

    // Every number of two bytes or less is a float32.
    private float DecodeSmall(Span<byte> bytes)
    {
        Span<float> value = stackalloc float[1];
        (this with { BigEndian = !BitConverter.IsLittleEndian }).Decode(bytes, value);
        return value[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> destination, Func<T, float> convert)
        where T : struct
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = convert(values[i]);
        }
    }

    private void SwapBytes(Span<byte> bytes)
    {
        switch (Size)
        {
            case 2:
                Span<short> two = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                Span<int> four = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            default:
                Span<long> eight = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }
}

/// <summary>Families of stored real numbers.</summary>
internal enum ElementKind
{
    Bool,
    Unsigned,
    Signed,
    Float,
}
