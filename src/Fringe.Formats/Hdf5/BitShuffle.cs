using System.Buffers.Binary;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// Undoes bitshuffle (Masui et al., Astronomy and Computing 12, 181): within a block, bit k of byte b of all elements is
/// stored together, element i in bit i mod 8 of byte i/8.
/// </summary>
internal static class BitShuffle
{
    private const int Groups = 8;

    /// <param name="source">One block of a multiple of eight elements, shuffled.</param>
    /// <param name="destination">The elements, all 0 before; as many bytes.</param>
    /// <param name="elementBytes">Bytes of one element.</param>
    public static void Unshuffle(ReadOnlySpan<byte> source, Span<byte> destination, int elementBytes)
    {
        int rowBytes = source.Length / elementBytes / 8;
        Span<ulong> rows = stackalloc ulong[Groups];
        for (int b = 0; b < elementBytes; b++)
        {
            ReadOnlySpan<byte> planes = source.Slice(b * 8 * rowBytes, 8 * rowBytes);
            int group = 0;
            for (; group + Groups <= rowBytes; group += Groups)
            {
                ulong any = 0;
                for (int k = 0; k < 8; k++)
                {
                    any |= rows[k] = BinaryPrimitives.ReadUInt64LittleEndian(planes[((k * rowBytes) + group)..]);
                }

                // Most bits of most counts are 0.
                if (any == 0)
                {
                    continue;
                }

                TransposeBytes(rows);
                for (int i = 0; i < Groups; i++)
                {
                    Spread(rows[i], destination, (8 * (group + i) * elementBytes) + b, elementBytes);
                }
            }

            for (; group < rowBytes; group++)
            {
                ulong bits = 0;
                for (int k = 7; k >= 0; k--)
                {
                    bits = (bits << 8) | planes[(k * rowBytes) + group];
                }

                Spread(bits, destination, (8 * group * elementBytes) + b, elementBytes);
            }
        }
    }

    private static void Spread(ulong bits, Span<byte> destination, int target, int elementBytes)
    {
        if (bits == 0)
        {
            return;
        }

        bits = Transpose(bits);
        for (int m = 0; m < 8; m++, bits >>= 8, target += elementBytes)
        {
            destination[target] = (byte)bits;
        }
    }

    // Row k holds byte k of eight groups; afterwards row i holds the eight bytes of group i.
    private static void TransposeBytes(Span<ulong> rows)
    {
        for (int k = 0; k < 8; k += 2)
        {
            Swap(ref rows[k], ref rows[k + 1], 8, 0x00FF00FF00FF00FF);
        }

        for (int k = 0; k < 8; k += k % 4 == 1 ? 3 : 1)
        {
            Swap(ref rows[k], ref rows[k + 2], 16, 0x0000FFFF0000FFFF);
        }

        for (int k = 0; k < 4; k++)
        {
            Swap(ref rows[k], ref rows[k + 4], 32, 0x00000000FFFFFFFF);
        }
    }

    private static void Swap(ref ulong low, ref ulong high, int shift, ulong mask)
    {
        ulong t = ((low >> shift) ^ high) & mask;
        high ^= t;
        low ^= t << shift;
    }

    /// <summary>Elements of a block where the file does not say: as the reference implementation chooses.</summary>
    public static int DefaultBlockElements(int elementBytes) => Math.Max(8192 / elementBytes / 8 * 8, 128);

    // Bits of an 8 x 8 matrix, one row a byte, mirrored about the diagonal (Hacker's Delight, 7-3).
    private static ulong Transpose(ulong x)
    {
        ulong t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AA;
        x = x ^ t ^ (t << 7);
        t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCC;
        x = x ^ t ^ (t << 14);
        t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0;
        return x ^ t ^ (t << 28);
    }
}
