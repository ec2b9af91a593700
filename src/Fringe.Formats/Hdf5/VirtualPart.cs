using System.Buffers.Binary;
using System.Text;

namespace Fringe.Formats.Hdf5;

/// <summary>A block of an array.</summary>
/// <param name="Start">First index along each axis.</param>
/// <param name="Count">Length along each axis.</param>
internal sealed record VirtualBlock(IReadOnlyList<long> Start, IReadOnlyList<long> Count);

/// <summary>A part of a virtual dataset: where its values lie in another file, and where they belong.</summary>
/// <param name="File">As it is written down, relative to the file of the virtual dataset; "." = that file.</param>
/// <param name="Dataset">Its path there.</param>
/// <param name="From">Block of that dataset; null = all of it.</param>
/// <param name="To">Block of the virtual dataset; null = all of it.</param>
internal sealed record VirtualPart(string File, string Dataset, VirtualBlock? From, VirtualBlock? To)
{
    private const int MostAxes = 32;
    private const uint Hyperslab = 2;
    private const uint All = 3;

    /// <summary>
    /// Reads the list of a virtual dataset's parts (HDF5 File Format Specification 3.0: global heap block for virtual datasets, dataspace selection). PureHDF's own
    /// reader takes a damaged one for the size of its stack.
    /// </summary>
    /// <param name="mapping">The block of the global heap.</param>
    /// <exception cref="NotSupportedException">A part is no single block.</exception>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static IReadOnlyList<VirtualPart> Decode(ReadOnlySpan<byte> mapping)
    {
        Reader reader = new(mapping);
        if (reader.Number(1) != 0)
        {
            throw new NotSupportedException("a list of parts in a newer format");
        }

        long count = reader.Number(8);
        if (count > mapping.Length)
        {
            throw new InvalidDataException($"{count} parts in {mapping.Length} bytes");
        }

        List<VirtualPart> parts = [];
        for (long i = 0; i < count; i++)
        {
            parts.Add(new(reader.Text(), reader.Text(), Selection(ref reader), Selection(ref reader)));
        }

        return parts;
    }

    private static VirtualBlock? Selection(ref Reader reader)
    {
        uint type = (uint)reader.Number(4);
        uint version = (uint)reader.Number(4);
        if (type == All)
        {
            reader.Skip(8);
            return null;
        }

        if (type != Hyperslab || version is < 1 or > 3)
        {
            throw new NotSupportedException("a part of it is no block");
        }

        bool isRegular = version == 2;
        int size = version == 1 ? 4 : 8;
        if (version == 3)
        {
            isRegular = (reader.Number(1) & 1) != 0;
            size = (int)reader.Number(1);
        }
        else
        {
            reader.Skip(version == 1 ? 8 : 5);
        }

        long rank = reader.Number(4);
        if (rank is < 1 or > MostAxes || size is not (2 or 4 or 8))
        {
            throw new InvalidDataException($"a part with {rank} axes in numbers of {size} bytes");
        }

        return isRegular ? Regular(ref reader, (int)rank, size) : Corners(ref reader, (int)rank, size);
    }

    private static VirtualBlock Regular(ref Reader reader, int rank, int size)
    {
        long[] start = new long[rank];
        long[] length = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            start[axis] = reader.Number(size);
            (long stride, long count, long block) = (reader.Number(size), reader.Number(size), reader.Number(size));
            if (count > 1 && stride != block)
            {
                throw new NotSupportedException("a part of it has gaps");
            }

            length[axis] = checked(count * block);
        }

        return new(start, length);
    }

    private static VirtualBlock Corners(ref Reader reader, int rank, int size)
    {
        if (reader.Number(size) != 1)
        {
            throw new NotSupportedException("a part of it is several blocks");
        }

        long[] start = new long[rank];
        long[] length = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            start[axis] = reader.Number(size);
        }

        for (int axis = 0; axis < rank; axis++)
        {
            length[axis] = reader.Number(size) - start[axis] + 1;
        }

        return new(start, length);
    }

    // Little-endian numbers and texts, one behind the other.
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> left = bytes;

        public long Number(int size)
        {
            Span<byte> eight = stackalloc byte[8];
            Take(size).CopyTo(eight);
            long value = BinaryPrimitives.ReadInt64LittleEndian(eight);
            // All bits set are an extent without an end.
            return value >= 0 ? value : throw new NotSupportedException("a part of it has no end");
        }

        public string Text()
        {
            int end = left.IndexOf((byte)0);
            string text = Encoding.UTF8.GetString(Take(Math.Max(0, end)));
            Skip(1);
            return text;
        }

        public void Skip(int count) => Take(count);

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > left.Length)
            {
                throw new InvalidDataException("the list of a virtual dataset's parts is cut short");
            }

            ReadOnlySpan<byte> taken = left[..count];
            left = left[count..];
            return taken;
        }
    }
}
