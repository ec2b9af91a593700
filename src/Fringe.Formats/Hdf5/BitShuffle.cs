namespace Fringe.Formats.Hdf5;

/// <summary>
/// Undoes bitshuffle (Masui et al., Astronomy and Computing 12, 181): within a block, bit k of byte b of all elements is
/// stored together, element i in bit i mod 8 of byte i/8.
/// </summary>
internal static class BitShuffle
{
    /// <param name="source">One block of a multiple of eight elements, shuffled.</param>
    /// <param name="destination">The elements; as many bytes.</param>
    /// <param name="elementBytes">Bytes of one element.</param>
    public static void Unshuffle(ReadOnlySpan<byte> source, Span<byte> destination, int elementBytes)
    {
        int rowBytes = source.Length / elementBytes / 8;
        for (int b = 0; b < elementBytes; b++)
        {
            ReadOnlySpan<byte> planes = source.Slice(b * 8 * rowBytes, 8 * rowBytes);
            int target = b;
            for (int group = 0; group < rowBytes; group++)
            {
                ulong bits = 0;
                for (int k = 7; k >= 0; k--)
                {
                    bits = (bits << 8) | planes[(k * rowBytes) + group];
                }

                bits = Transpose(bits);
                for (int m = 0; m < 8; m++, bits >>= 8, target += elementBytes)
                {
                    destination[target] = (byte)bits;
                }
            }
        }
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
