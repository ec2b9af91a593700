using System.Buffers.Binary;
using System.IO.Compression;
using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>Files packed by gzip, as beamlines archive their frames (<c>.edf.gz</c>): unpacked in memory.</summary>
internal static class GzipPacked
{
    private const int BlockBytes = 1 << 17;

    /// <summary>The file itself where it is not packed, else what is in it.</summary>
    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For errors.</param>
    /// <exception cref="InputException">Damaged, or too large for memory.</exception>
    public static Stream Unpack(Stream stream, string path)
    {
        try
        {
            Span<byte> start = stackalloc byte[3];
            int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            // The third byte is the method: deflate, there is no other.
            return start[..count].SequenceEqual<byte>([0x1F, 0x8B, 8]) ? UnpackAll(stream, path) : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static uint LastBytes(Stream stream)
    {
        Span<byte> last = stackalloc byte[sizeof(uint)];
        if (stream.Length < last.Length)
        {
            return 0;
        }

        stream.Position = stream.Length - last.Length;
        stream.ReadExactly(last);
        stream.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }

    private static MemoryStream UnpackAll(Stream stream, string path)
    {
        long limit = Math.Min(Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
        MemoryStream unpacked = new();
        uint lastBytes = LastBytes(stream);
        using GZipStream packed = new(stream, CompressionMode.Decompress);
        byte[] block = new byte[BlockBytes];
        try
        {
            for (int count; (count = packed.Read(block)) > 0; )
            {
                if (count > limit - unpacked.Length)
                {
                    throw InputException.ForFile(path, "is too large to be unpacked in memory; unpack it with gunzip");
                }

                unpacked.Write(block, 0, count);
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw InputException.ForFile(
                path,
                $"truncated or damaged gzip file ({Streams.OneLine(error.Message)}); copy it again",
                inner: error
            );
        }

        // The reader does not mind a file that is cut short; the last four bytes are the length of what was packed.
        if (lastBytes != (uint)unpacked.Length)
        {
            throw InputException.ForFile(
                path,
                "truncated or damaged gzip file: it holds another length than it says; copy it again, or unpack it with gunzip"
            );
        }

        unpacked.Position = 0;
        return unpacked;
    }
}
