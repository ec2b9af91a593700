using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>Reads a chunked dataset, chunk by chunk.</summary>
internal sealed class Hdf5Chunks
{
    private const int CallsPerChunk = 200;
    private readonly BudgetedStream stream;
    private readonly ElementType element;
    private readonly PureHdfChunks index;
    private readonly IReadOnlyList<(int Id, string Name, uint[] Parameters)> filters;
    private readonly long[] shape;
    private readonly long[] chunk;
    private readonly long[] counts;
    private readonly int chunkBytes;

    /// <param name="array">Chunked, every filter known; borrowed.</param>
    /// <param name="element">Of its elements.</param>
    public Hdf5Chunks(Hdf5Array array, ElementType element)
    {
        stream = array.Home.Stream;
        this.element = element;
        index = new PureHdfChunks(array.Dataset);
        filters = PureHdfInternals.Filters(array.Dataset);
        shape = [.. Hdf5Values.Shape(array.Dataset)];
        chunk = [.. array.Dataset.Layout.Chunks.Select(length => checked((long)length))];
        counts = [.. shape.Zip(chunk, (axis, length) => ((axis - 1) / length) + 1)];
        chunkBytes = checked((int)Shapes.Bytes(chunk, element.Size));
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="destination">C order, of the dataset's shape.</param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellation">Looked at before every chunk.</param>
    public void Read(Memory<float> destination, IProgress<double>? progress, CancellationToken cancellation)
    {
        long all = Shapes.Count(counts);
        for (long number = 0; number < all; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Refill(CallsPerChunk);
            (byte[]? packed, uint skipped) = ReadPacked(number);
            Place(number, Unpack(packed, skipped), destination.Span);
            progress?.Report((number + 1.0) / all);
        }
    }

    private (byte[]? Packed, uint Skipped) ReadPacked(long number)
    {
        if (index.Find(number) is not { } stored)
        {
            return (null, 0);
        }

        if (stored.Bytes > stream.Length - stored.Position || stored.Bytes > int.MaxValue)
        {
            throw new InvalidDataException($"chunk {number} ends beyond the file's last byte");
        }

        byte[] bytes = new byte[stored.Bytes];
        stream.Position = stored.Position;
        stream.ReadExactly(bytes);
        return (bytes, stored.SkippedFilters);
    }

    private byte[] Unpack(byte[]? packed, uint skipped)
    {
        if (packed is null)
        {
            byte[] filled = new byte[chunkBytes];
            byte[] value = index.FillValue ?? [];
            for (int i = 0; value.Length == element.Size && i < filled.Length; i += value.Length)
            {
                value.CopyTo(filled, i);
            }

            return filled;
        }

        for (int i = filters.Count - 1; i >= 0; i--)
        {
            if (i >= 32 || (skipped & (1u << i)) == 0)
            {
                packed = Hdf5Filters.Undo(filters[i].Id, packed, filters[i].Parameters, chunkBytes);
            }
        }

        return packed.Length >= chunkBytes
            ? packed
            : throw new InvalidDataException($"a chunk of {packed.Length} bytes where {chunkBytes} belong");
    }

    // Chunks at the end of an axis reach beyond it.
    private void Place(long number, byte[] bytes, Span<float> destination)
    {
        int rank = shape.Length;
        long[] origin = new long[rank];
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            (number, long place) = Math.DivRem(number, counts[axis]);
            origin[axis] = place * chunk[axis];
        }

        long[] extent = [.. Enumerable.Range(0, rank).Select(i => Math.Min(chunk[i], shape[i] - origin[i]))];
        // Axes that a chunk spans are read in one go with the one before them.
        int row = rank - 1;
        while (row > 0 && chunk[row] == shape[row])
        {
            row--;
        }

        int length = (int)Shapes.Count(extent[row..]);
        long[] at = new long[row];
        for (long rows = Shapes.Count(extent[..row]); rows > 0; rows--)
        {
            (long from, long to) = (0, 0);
            for (int axis = 0; axis < rank; axis++)
            {
                long step = axis < row ? at[axis] : 0;
                from = (from * chunk[axis]) + step;
                to = (to * shape[axis]) + origin[axis] + step;
            }

            element.Decode(bytes.AsSpan((int)from * element.Size), destination.Slice((int)to, length));
            for (int axis = row - 1; axis >= 0 && ++at[axis] == extent[axis]; axis--)
            {
                at[axis] = 0;
            }
        }
    }
}
