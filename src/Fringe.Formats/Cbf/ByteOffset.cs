using System.Buffers.Binary;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Cbf;

/// <summary>
/// The packing <c>x-CBF_BYTE_OFFSET</c>: each pixel is the difference from the one before, in one byte; where that does not
/// fit, the byte is -128 and two follow, then four, then eight, all little-endian.
/// </summary>
internal static class ByteOffset
{
    /// <summary>Unpacks as many pixels as <paramref name="pixels"/> holds.</summary>
    /// <param name="packed">Borrowed.</param>
    /// <param name="type">A whole number; sums wrap around in it.</param>
    /// <param name="pixels">Where to.</param>
    /// <exception cref="InvalidDataException">The packed bytes end before the last pixel.</exception>
    public static void Decode(ReadOnlySpan<byte> packed, ElementType type, Span<float> pixels)
    {
        long value = 0;
        int at = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            long difference = (sbyte)Take(packed, ref at, 1)[0];
            if (difference == sbyte.MinValue)
            {
                difference = BinaryPrimitives.ReadInt16LittleEndian(Take(packed, ref at, 2));
                if (difference == short.MinValue)
                {
                    difference = BinaryPrimitives.ReadInt32LittleEndian(Take(packed, ref at, 4));
                    if (difference == int.MinValue)
                    {
                        difference = BinaryPrimitives.ReadInt64LittleEndian(Take(packed, ref at, 8));
                    }
                }
            }

            value = unchecked(value + difference);
            pixels[i] = Wrapped(value, type);
        }
    }

    private static float Wrapped(long value, ElementType type) =>
        (type.Kind, type.Size) switch
        {
            (ElementKind.Signed, 4) => unchecked((int)value),
            (ElementKind.Unsigned, 4) => unchecked((uint)value),
            (ElementKind.Signed, 2) => unchecked((short)value),
            (ElementKind.Unsigned, 2) => unchecked((ushort)value),
            (ElementKind.Signed, 1) => unchecked((sbyte)value),
            (ElementKind.Unsigned, 1) => unchecked((byte)value),
            (ElementKind.Unsigned, _) => unchecked((ulong)value),
            _ => value,
        };

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> packed, ref int at, int count)
    {
        if (count > packed.Length - at)
        {
            throw new InvalidDataException("the packed pixels end too early");
        }

        at += count;
        return packed.Slice(at - count, count);
    }
}
