using System.Buffers.Binary;
using System.Text;
using Fringe.Core;

namespace Fringe.Formats.Hdf5;

/// <summary>The little of an HDF5 file's first block that is needed before a parser is let loose on it.</summary>
internal static class Hdf5Superblock
{
    private const int LastUserBlock = 1 << 16;

    // PureHDF looks no further.
    private const int LargestRead = 1024;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether the signature stands at 0, or behind a user block of 512, 1024 ... bytes.</summary>
    public static bool IsPresent(Stream stream)
    {
        byte[] start = new byte[8];
        for (
            long offset = 0;
            offset <= LastUserBlock && offset + 8 <= stream.Length;
            offset = Math.Max(512, 2 * offset)
        )
        {
            stream.Position = offset;
            stream.ReadExactly(start);
            if (start.AsSpan().SequenceEqual(Signature))
            {
                stream.Position = 0;
                return true;
            }
        }

        stream.Position = 0;
        return false;
    }

    /// <summary>The text that a program put before the HDF5 file proper; "" without. The stream stands at 0 afterwards.</summary>
    /// <exception cref="InputException">The block is larger than those that are read.</exception>
    public static string UserBlock(Stream stream, string path)
    {
        byte[] start = new byte[LargestRead];
        stream.Position = 0;
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (start.AsSpan(0, 8).SequenceEqual(Signature) || !IsPresent(stream))
        {
            return "";
        }

        int end = 512;
        while (end + 8 <= count && !start.AsSpan(end, 8).SequenceEqual(Signature))
        {
            end *= 2;
        }

        return end + 8 <= count
            ? Encoding.Latin1.GetString(start, 0, end)
            : throw InputException.ForFile(
                path,
                $"more than 512 bytes of another program stand before the HDF5 file; take them away with h5unjam -i FILE -o NEW"
            );
    }

    /// <exception cref="InputException">The file is shorter than its superblock says.</exception>
    public static void RequireComplete(Stream stream, string path)
    {
        byte[] block = new byte[64];
        stream.Position = 0;
        int count = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (!block.AsSpan(0, 8).SequenceEqual(Signature))
        {
            return;
        }

        // Addresses are 8 bytes in every file of a 64-bit program; others go without this check.
        (int sizeAt, int endAt) = block[8] switch
        {
            0 => (13, 40),
            1 => (13, 44),
            2 or 3 => (9, 28),
            _ => (0, 0),
        };
        if (endAt == 0 || block[sizeAt] != 8)
        {
            return;
        }

        ulong end = count >= endAt + 8 ? BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(endAt)) : ulong.MaxValue;
        if (end > (ulong)stream.Length)
        {
            string expected = end == ulong.MaxValue ? "more" : $"{end}";
            throw InputException.ForFile(
                path,
                $"truncated: its HDF5 header says {expected} bytes but the file has {stream.Length}; "
                    + "copy it again, or wait until the writer has closed it"
            );
        }
    }
}
