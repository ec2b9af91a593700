using System.Collections.Concurrent;
using Fringe.Core.Tensors;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>Reads a chunked dataset, chunk by chunk.</summary>
internal sealed class Hdf5Chunks
{
    private const int CallsPerChunk = 200;

    // From here on it pays to unpack side by side.
    private const long LargeBytes = 64 << 20;
    private const long BatchBytes = 64 << 20;
    private const int MostInBatch = 64;
    private readonly BudgetedStream stream;
    private readonly ElementType element;
    private readonly PureHdfChunks index;
    private readonly IReadOnlyList<(int Id, string Name, uint[] Parameters)> filters;
    private readonly long[] chunk;
    private readonly long[] counts;
    private readonly int chunkBytes;
    private readonly ConcurrentBag<byte[]> scratches = [];

    /// <param name="array">Chunked, every filter known; borrowed.</param>
    /// <param name="element">Of its elements.</param>
    public Hdf5Chunks(Hdf5Array array, ElementType element)
    {
        stream = array.Home.Stream;
        this.element = element;
        index = new PureHdfChunks(array.Dataset);
        filters = PureHdfInternals.Filters(array.Dataset);
        IReadOnlyList<long> shape = Hdf5Values.Shape(array.Dataset);
        chunk = [.. array.Dataset.Layout.Chunks.Select(length => checked((long)length))];
        counts = [.. shape.Zip(chunk, (axis, length) => ((axis - 1) / length) + 1)];
        chunkBytes = checked((int)Shapes.Bytes(chunk, element.Size));
    }

    /// <summary>Elements along the first axis that are packed together.</summary>
    public long Thickness => chunk[0];

    /// <summary>Reads a block, of which no chunk beyond it is unpacked.</summary>
    /// <param name="start">First index along each axis.</param>
    /// <param name="count">Length along each axis.</param>
    /// <param name="destination">C order, of the block's shape.</param>
    /// <param name="progress">Told after every batch of chunks.</param>
    /// <param name="cancellation">Looked at before every batch.</param>
    public void Read(
        IReadOnlyList<long> start,
        IReadOnlyList<long> count,
        Memory<float> destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        long[] first = [.. start.Zip(chunk, (index, length) => index / length)];
        long[] wanted =
        [
            .. start
                .Zip(count, (index, length) => index + length)
                .Zip(chunk, (end, length) => (end - 1) / length)
                .Zip(first, (last, from) => last - from + 1),
        ];
        long all = Shapes.Count(wanted);
        bool isLarge = all * chunkBytes >= LargeBytes;
        int batch = isLarge ? (int)Math.Clamp(BatchBytes / chunkBytes, 1, MostInBatch) : 1;
        for (long next = 0; next < all; next += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int number = (int)Math.Min(batch, all - next);
            stream.Refill((long)CallsPerChunk * number);
            (long[] Place, byte[]? Packed, uint Skipped)[] packed = new (long[], byte[]?, uint)[number];
            for (int i = 0; i < number; i++)
            {
                long[] place = PlaceOf(next + i, first, wanted);
                (byte[]? bytes, uint skipped) = ReadPacked(NumberOf(place));
                packed[i] = (place, bytes, skipped);
            }

            if (isLarge)
            {
                Parallel.For(0, number, ThreadLimit.Options(cancellation), i => Put(packed[i]));
            }
            else
            {
                Put(packed[0]);
            }

            progress?.Report((double)(next + number) / all);
        }

        void Put((long[] Place, byte[]? Packed, uint Skipped) one)
        {
            byte[] scratch = scratches.TryTake(out byte[]? used) ? used : new byte[chunkBytes];
            Copy(one.Place, Unpack(one.Packed, one.Skipped, scratch), start, count, destination.Span);
            scratches.Add(scratch);
        }
    }

    private static long[] PlaceOf(long number, long[] first, long[] counts)
    {
        long[] place = new long[first.Length];
        for (int axis = first.Length - 1; axis >= 0; axis--)
        {
            (number, long index) = Math.DivRem(number, counts[axis]);
            place[axis] = first[axis] + index;
        }

        return place;
    }

    private long NumberOf(long[] place)
    {
        long number = 0;
        for (int axis = 0; axis < place.Length; axis++)
        {
            number = (number * counts[axis]) + place[axis];
        }

        return number;
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

    private byte[] Unpack(byte[]? packed, uint skipped, byte[] scratch)
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
                packed = Hdf5Filters.Undo(filters[i].Id, packed, filters[i].Parameters, chunkBytes, scratch);
            }
        }

        return packed.Length >= chunkBytes
            ? packed
            : throw new InvalidDataException($"a chunk of {packed.Length} bytes where {chunkBytes} belong");
    }

    // Chunks reach beyond the block, and at the end of an axis beyond that.
    private void Copy(
        long[] place,
        byte[] bytes,
        IReadOnlyList<long> start,
        IReadOnlyList<long> count,
        Span<float> destination
    )
    {
        int rank = chunk.Length;
        long[] from = new long[rank];
        long[] to = new long[rank];
        long[] extent = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            long origin = place[axis] * chunk[axis];
            long first = Math.Max(origin, start[axis]);
            from[axis] = first - origin;
            to[axis] = first - start[axis];
            extent[axis] = Math.Min(origin + chunk[axis], start[axis] + count[axis]) - first;
        }

        // Axes that chunk and block both span are copied in one go with the one before them.
        int row = rank - 1;
        while (row > 0 && extent[row] == chunk[row] && extent[row] == count[row])
        {
            row--;
        }

        int length = (int)Shapes.Count(extent[row..]);
        long[] at = new long[row];
        for (long rows = Shapes.Count(extent[..row]); rows > 0; rows--)
        {
            (long source, long target) = (0, 0);
            for (int axis = 0; axis < rank; axis++)
            {
                long step = axis < row ? at[axis] : 0;
                source = (source * chunk[axis]) + from[axis] + step;
                target = (target * count[axis]) + to[axis] + step;
            }

            element.Decode(bytes.AsSpan((int)source * element.Size), destination.Slice((int)target, length));
            for (int axis = row - 1; axis >= 0 && ++at[axis] == extent[axis]; axis--)
            {
                at[axis] = 0;
            }
        }
    }
}
