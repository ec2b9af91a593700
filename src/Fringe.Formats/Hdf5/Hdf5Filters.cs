using System.IO.Compression;
using Fringe.Formats.Arrays;
using PureHDF.Filters;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// The filters that Fringe reads and the two it writes, registered with PureHDF in place of its own: these bound what a
/// damaged chunk can make them allocate, and hand back memory of their own (PureHDF's fletcher32 hands back a slice of a
/// pooled buffer).
/// </summary>
internal static class Hdf5Filters
{
    /// <summary>gzip, level 6; written too.</summary>
    public const int Deflate = 1;

    /// <summary>Bytes of equal rank side by side; written too.</summary>
    public const int Shuffle = 2;

    private const int DeflateLevel = 6;
    private const int Fletcher32 = 3;
    private const int Lz4 = 32004;
    private const int Bitshuffle = 32008;

    private static readonly bool IsRegistered = RegisterAll();

    /// <summary>PureHDF keeps its filters per process; this happens once.</summary>
    public static bool EnsureRegistered() => IsRegistered;

    /// <summary>Name for people: the common name of a known filter, otherwise the one in the file.</summary>
    public static string Name(int id, string nameInFile) =>
        id switch
        {
            Deflate => "gzip",
            Shuffle => "shuffle",
            Fletcher32 => "fletcher32",
            4 => "szip",
            5 => "nbit",
            6 => "scale-offset",
            307 => "bzip2",
            32000 => "LZF",
            32001 => "Blosc",
            Lz4 => "LZ4",
            Bitshuffle => "bitshuffle",
            32013 => "ZFP",
            32015 => "Zstandard",
            32026 => "Blosc2",
            _ => string.IsNullOrWhiteSpace(nameInFile) ? "unnamed" : Streams.OneLine(nameInFile),
        };

    /// <summary>Why a filter cannot be undone, or null where it can.</summary>
    public static string? Unsupported(int id, string nameInFile, uint[] parameters)
    {
        if (id is Deflate or Shuffle or Fletcher32 or Lz4)
        {
            return null;
        }

        if (id == Bitshuffle)
        {
            uint packing = parameters.Length > 4 ? parameters[4] : 0;
            return packing is 0 or 2
                ? null
                : $"filter {id} (bitshuffle with {(packing == 3 ? "Zstandard" : $"packing {packing}")})";
        }

        return $"filter {id} ({Name(id, nameInFile)})";
    }

    /// <summary>The bytes before a filter was applied.</summary>
    /// <param name="id">Of a filter that <see cref="Unsupported"/> has nothing against.</param>
    /// <param name="packed">The bytes after.</param>
    /// <param name="parameters">The filter's, from the file.</param>
    /// <param name="chunkBytes">Of the whole chunk, unpacked.</param>
    /// <param name="scratch">Of a chunk's bytes, which the result may lie in; may be null.</param>
    public static byte[] Undo(int id, byte[] packed, uint[] parameters, int chunkBytes, byte[]? scratch) =>
        id switch
        {
            Deflate => Inflate(packed, parameters, chunkBytes),
            Shuffle => Unshuffle(packed, parameters, chunkBytes),
            Fletcher32 => CheckFletcher32(packed, parameters, chunkBytes),
            Lz4 => Lz4Filter.Unpack(packed, parameters, chunkBytes),
            Bitshuffle => BitshuffleFilter.Unpack(packed, parameters, chunkBytes, scratch),
            _ => throw new NotSupportedException($"filter {id}"),
        };

    private static bool RegisterAll()
    {
        H5Filter.Register(new Filter(Deflate, "deflate", Inflate, DeflateChunk, _ => DeflateLevel));
        H5Filter.Register(new Filter(Shuffle, "shuffle", Unshuffle, ShuffleChunk, typeSize => typeSize));
        H5Filter.Register(new Filter(Fletcher32, "fletcher32", CheckFletcher32));
        H5Filter.Register(new Filter(Lz4, "lz4", Lz4Filter.Unpack));
        H5Filter.Register(new Filter(Bitshuffle, "bitshuffle", BitshuffleFilter.Unpack));
        return true;
    }

    private static byte[] Inflate(byte[] packed, uint[] parameters, int chunkBytes)
    {
        // A fletcher32 within may add four bytes; more than that is no chunk of this dataset.
        byte[] result = new byte[chunkBytes + 4];
        using var inflater = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        int count = inflater.ReadAtLeast(result, result.Length, throwOnEndOfStream: false);
        return count == result.Length ? result : result[..count];
    }

    private static byte[] DeflateChunk(byte[] plain, uint[] parameters)
    {
        using MemoryStream packed = new();
        using (ZLibStream deflater = new(packed, new ZLibCompressionOptions { CompressionLevel = (int)parameters[0] }))
        {
            deflater.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] ShuffleChunk(byte[] plain, uint[] parameters)
    {
        int size = (int)parameters[0];
        int count = plain.Length / size;
        byte[] result = new byte[plain.Length];
        for (int b = 0; b < size; b++)
        {
            for (int i = 0; i < count; i++)
            {
                result[(b * count) + i] = plain[(i * size) + b];
            }
        }

        return result;
    }

    private static byte[] Unshuffle(byte[] packed, uint[] parameters, int chunkBytes)
    {
        int size = parameters.Length > 0 && parameters[0] is > 0 and < 1 << 16 ? (int)parameters[0] : 1;
        int count = packed.Length / size;
        byte[] result = new byte[packed.Length];
        for (int b = 0; b < size; b++)
        {
            ReadOnlySpan<byte> plane = packed.AsSpan(b * count, count);
            for (int i = 0, target = b; i < plane.Length; i++, target += size)
            {
                result[target] = plane[i];
            }
        }

        packed.AsSpan(size * count).CopyTo(result.AsSpan(size * count));
        return result;
    }

    private static byte[] CheckFletcher32(byte[] packed, uint[] parameters, int chunkBytes)
    {
        if (packed.Length < 4)
        {
            throw new InvalidDataException("a chunk is shorter than its checksum");
        }

        ReadOnlySpan<byte> data = packed.AsSpan(0, packed.Length - 4);
        if (Checksum(data) != BitConverter.ToUInt32(packed, packed.Length - 4))
        {
            throw new InvalidDataException("a chunk's fletcher32 checksum does not match");
        }

        return data.ToArray();
    }

    // Fletcher's checksum over big-endian 16-bit words, as HDF5 defines it.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint sum1 = 0;
        uint sum2 = 0;
        for (int i = 0; i < data.Length; i += 2)
        {
            uint word = (uint)(data[i] << 8) | (i + 1 < data.Length ? data[i + 1] : 0u);
            sum1 = (sum1 + word) % 65535;
            sum2 = (sum2 + sum1) % 65535;
        }

        return (sum2 << 16) | sum1;
    }

    /// <summary>Adapts functions to PureHDF's interface.</summary>
    /// <param name="id">HDF5's number of the filter.</param>
    /// <param name="name">Its name in the file.</param>
    /// <param name="unpack">From packed bytes, parameters and the chunk's size to plain bytes.</param>
    /// <param name="pack">The reverse; null where a filter is only read.</param>
    /// <param name="parameter">The parameter to write, from the size of an element.</param>
    private sealed class Filter(
        int id,
        string name,
        Func<byte[], uint[], int, byte[]> unpack,
        Func<byte[], uint[], byte[]>? pack = null,
        Func<uint, uint>? parameter = null
    ) : IH5Filter
    {
        public ushort FilterId => (ushort)id;

        public string Name => name;

        Memory<byte> IH5Filter.Filter(FilterInfo info) =>
            info.Flags.HasFlag(H5FilterFlags.Decompress)
                ? unpack(info.Buffer.ToArray(), info.Parameters, info.ChunkSize)
            : pack is null ? throw ReadOnly()
            : pack(info.Buffer.ToArray(), info.Parameters);

        public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) =>
            parameter is null ? throw ReadOnly() : [parameter(typeSize)];

        private NotSupportedException ReadOnly() => new($"{name} is read, not written");
    }
}
