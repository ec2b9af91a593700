using System.IO.Compression;
using PureHDF.Filters;

namespace Fringe.Formats;

/// <summary>
/// The filters that Fringe reads, registered with PureHDF in place of its own: these bound what a damaged chunk can make
/// them allocate, and hand back memory of their own (PureHDF's fletcher32 hands back a slice of a pooled buffer).
/// </summary>
internal static class Hdf5Filters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
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

    private static bool RegisterAll()
    {
        H5Filter.Register(new ReadFilter(Deflate, "deflate", Inflate));
        H5Filter.Register(new ReadFilter(Shuffle, "shuffle", Unshuffle));
        H5Filter.Register(new ReadFilter(Fletcher32, "fletcher32", CheckFletcher32));
        H5Filter.Register(new ReadFilter(Lz4, "lz4", Lz4Filter.Unpack));
        H5Filter.Register(new ReadFilter(Bitshuffle, "bitshuffle", BitshuffleFilter.Unpack));
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

    /// <summary>Adapts a function to PureHDF's interface, for reading only.</summary>
    private sealed class ReadFilter(int id, string name, Func<byte[], uint[], int, byte[]> unpack) : IH5Filter
    {
        public ushort FilterId => (ushort)id;

        public string Name => name;

        public Memory<byte> Filter(FilterInfo info)
        {
            if (!info.Flags.HasFlag(H5FilterFlags.Decompress))
            {
                throw new NotSupportedException($"{name} is read, not written");
            }

            return unpack(info.Buffer.ToArray(), info.Parameters, info.ChunkSize);
        }

        public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) =>
            throw new NotSupportedException($"{name} is read, not written");
    }
}
