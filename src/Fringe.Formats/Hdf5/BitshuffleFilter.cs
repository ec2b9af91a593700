namespace Fringe.Formats.Hdf5;

/// <summary>
/// HDF5 filter 32008: blocks of bitshuffled elements, plain or packed with LZ4. The last block is cut to a multiple of eight
/// elements; the fewer than eight that remain follow as they are.
/// </summary>
internal static class BitshuffleFilter
{
    private const int HeaderBytes = 12;
    private const uint PackedWithLz4 = 2;

    // Client data: two version numbers, bytes of an element, elements of a block (0: default), packing.
    public static byte[] Unpack(byte[] packed, uint[] parameters, int chunkBytes) =>
        Unpack(packed, parameters, chunkBytes, null);

    /// <param name="packed">The bytes as they lie in the file.</param>
    /// <param name="parameters">The filter's, from the file.</param>
    /// <param name="chunkBytes">Of the whole chunk, unpacked.</param>
    /// <param name="scratch">Of a chunk's bytes, to unpack into where the chunk is as large; may be null.</param>
    /// <returns>The scratch array or a new one.</returns>
    public static byte[] Unpack(byte[] packed, uint[] parameters, int chunkBytes, byte[]? scratch)
    {
        if (parameters.Length < 3 || parameters[2] is 0 or > 1 << 12)
        {
            throw new InvalidDataException("the bitshuffle filter's parameters are damaged");
        }

        int elementBytes = (int)parameters[2];
        bool isLz4 = parameters.Length > 4 && parameters[4] == PackedWithLz4;
        int total = packed.Length;
        int blockElements = parameters.Length > 3 && parameters[3] > 0 ? (int)Math.Min(parameters[3], 1 << 28) : 0;
        int position = 0;
        if (isLz4)
        {
            (total, int blockBytes) = Lz4Filter.ReadHeader(packed, chunkBytes);
            blockElements = blockBytes / elementBytes;
            position = HeaderBytes;
        }

        if (blockElements == 0)
        {
            blockElements = BitShuffle.DefaultBlockElements(elementBytes);
        }

        if (blockElements % 8 != 0)
        {
            throw new InvalidDataException($"bitshuffle blocks of {blockElements} elements; expected a multiple of 8");
        }

        byte[] result = scratch?.Length == total ? scratch : new byte[total];
        Array.Clear(result);
        int elements = total / elementBytes / 8 * 8;
        byte[] shuffled = isLz4 ? new byte[(int)Math.Min((long)blockElements, elements) * elementBytes] : [];
        for (int start = 0; start < elements; start += blockElements)
        {
            int count = Math.Min(blockElements, elements - start) * elementBytes;
            Span<byte> target = result.AsSpan(start * elementBytes, count);
            if (isLz4)
            {
                Lz4Filter.Decode(Lz4Filter.TakeBlock(packed, ref position), shuffled.AsSpan(0, count));
                BitShuffle.Unshuffle(shuffled.AsSpan(0, count), target, elementBytes);
            }
            else
            {
                BitShuffle.Unshuffle(packed.AsSpan(position, count), target, elementBytes);
                position += count;
            }
        }

        int rest = total - (elements * elementBytes);
        packed.AsSpan(position, rest).CopyTo(result.AsSpan(total - rest));
        return result;
    }
}
