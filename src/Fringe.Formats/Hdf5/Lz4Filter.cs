using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// HDF5 filter 32004 as detectors write it: the unpacked size (8 bytes, big endian), the block size (4 bytes), then each
/// block as its packed size (4 bytes) and its bytes, which are plain where the packed size is the block's own.
/// </summary>
internal static class Lz4Filter
{
    private const int HeaderBytes = 12;

    public static byte[] Unpack(byte[] packed, uint[] parameters, int chunkBytes)
    {
        (int total, int blockBytes) = ReadHeader(packed, chunkBytes);
        if (blockBytes == 0 || blockBytes > total)
        {
            blockBytes = total;
        }

        byte[] result = new byte[total];
        int position = HeaderBytes;
        for (int start = 0; start < total; start += blockBytes)
        {
            UnpackBlock(packed, ref position, result.AsSpan(start, Math.Min(blockBytes, total - start)));
        }

        return result;
    }

    /// <summary>Checks the header against the size of a chunk, so that nothing larger is ever allocated.</summary>
    public static (int TotalBytes, int BlockBytes) ReadHeader(ReadOnlySpan<byte> packed, int chunkBytes)
    {
        if (packed.Length < HeaderBytes)
        {
            throw new InvalidDataException("an LZ4 chunk is shorter than its header");
        }

        ulong total = BinaryPrimitives.ReadUInt64BigEndian(packed);
        uint block = BinaryPrimitives.ReadUInt32BigEndian(packed[8..]);
        if (total > (ulong)chunkBytes + 4 || block > int.MaxValue)
        {
            throw new InvalidDataException($"an LZ4 chunk claims {total} bytes, {chunkBytes} expected");
        }

        return ((int)total, (int)block);
    }

    /// <summary>Unpacks the block at <paramref name="position"/>, which moves behind it, to fill the destination.</summary>
    public static void UnpackBlock(ReadOnlySpan<byte> packed, ref int position, Span<byte> destination)
    {
        ReadOnlySpan<byte> source = TakeBlock(packed, ref position);
        if (source.Length == destination.Length)
        {
            source.CopyTo(destination);
            return;
        }

        Decode(source, destination);
    }

    /// <summary>The packed bytes of the block at <paramref name="position"/>, which moves behind it.</summary>
    public static ReadOnlySpan<byte> TakeBlock(ReadOnlySpan<byte> packed, ref int position)
    {
        if (packed.Length - position < 4)
        {
            throw new InvalidDataException("an LZ4 chunk ends before its last block");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(packed[position..]);
        position += 4;
        if (length > packed.Length - position)
        {
            throw new InvalidDataException("an LZ4 block ends behind its chunk");
        }

        ReadOnlySpan<byte> block = packed.Slice(position, (int)length);
        position += (int)length;
        return block;
    }

    /// <exception cref="InvalidDataException">The block does not unpack to exactly the destination.</exception>
    public static void Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (LZ4Codec.Decode(source, destination) != destination.Length)
        {
            throw new InvalidDataException("an LZ4 block is damaged");
        }
    }
}
