using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Reads one dataset of real numbers, however it is laid out.</summary>
internal sealed class Hdf5ArrayReader
{
    private const long CallsPerRow = 4;
    private const long SlabBytes = 8 << 20;
    private readonly Hdf5Array array;
    private readonly ElementType element;
    private readonly VirtualStack? virtualStack;
    private readonly Hdf5Chunks? chunks;

    private Hdf5ArrayReader(Hdf5Array array, ElementType element, VirtualStack? virtualStack, long workBytes)
    {
        chunks = array.Dataset.Layout.Class == H5DataLayoutClass.Chunked ? new Hdf5Chunks(array, element) : null;
        this.array = array;
        this.element = element;
        this.virtualStack = virtualStack;
        WorkBytes = workBytes;
        Shape = Hdf5Values.Shape(array.Dataset);
    }

    /// <summary>As it lies in the file.</summary>
    public IReadOnlyList<long> Shape { get; }

    public ElementType Element => element;

    /// <summary>Memory that reading needs beside the result.</summary>
    public long WorkBytes { get; }

    /// <summary>Sees that a dataset can be read.</summary>
    /// <param name="array">Borrowed.</param>
    /// <param name="hops">How many virtual datasets have led here.</param>
    /// <exception cref="InputException">No real numbers, an unknown filter, truncated, or a virtual dataset that is not whole.</exception>
    public static Hdf5ArrayReader Of(Hdf5Array array, int hops)
    {
        string path = array.Home.Path;
        NativeDataset dataset = array.Dataset;
        if (Hdf5Values.Element(dataset) is not { } element)
        {
            throw RealNumbers.Error(path, array.Path, Hdf5Values.TypeName(dataset));
        }

        if (PureHdfInternals.IsExternal(dataset))
        {
            throw InputException.ForFile(
                path,
                "its values lie in a file of their own (external raw storage), which is not read; save the array within one file, as with h5py: "
                    + "new[name] = old[name][()]",
                array.Path
            );
        }

        foreach ((int id, string filter, uint[] parameters) in PureHdfInternals.Filters(dataset))
        {
            if (Hdf5Filters.Unsupported(id, filter, parameters) is { } problem)
            {
                throw InputException.ForFile(
                    path,
                    $"unsupported {problem}; expected gzip, shuffle, fletcher32, LZ4 or bitshuffle-LZ4: repack it with h5repack",
                    array.Path
                );
            }
        }

        IReadOnlyList<long> shape = Hdf5Values.Shape(dataset);
        switch (dataset.Layout.Class)
        {
            case H5DataLayoutClass.VirtualStorage:
                VirtualStack stack = VirtualStack.Open(path, array.Path, dataset, element, hops);
                return new Hdf5ArrayReader(array, element, stack, stack.LargestBytes);
            case H5DataLayoutClass.Chunked:
                return new Hdf5ArrayReader(array, element, null, ChunkWork(array, shape, element));
            default:
                RequireBytes(array, shape, element);
                return new Hdf5ArrayReader(array, element, null, SlabWork(shape, element.Size));
        }
    }

    /// <summary>Frames that are packed together; null where blocks cannot be read by themselves.</summary>
    public long? FramesAtOnce =>
        virtualStack is not null ? virtualStack.FramesAtOnce
        : Shape.Count != 3 ? null
        : chunks?.Thickness ?? 1;

    /// <summary>Reads a block as float32 in C order.</summary>
    /// <param name="block">Within the stack, which has three axes.</param>
    /// <param name="destination">Of the block's size.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public void ReadBlock(StackBlock block, Memory<float> destination, CancellationToken cancellation)
    {
        if (virtualStack is not null)
        {
            virtualStack.ReadBlock(block, destination, cancellation);
        }
        else if (chunks is not null)
        {
            chunks.Read(block.Start, block.Count, destination, null, cancellation);
        }
        else
        {
            array.Home.Stream.Refill(CallsPerRow * block.Count[0] * block.Count[1]);
            byte[] bytes = new byte[checked(destination.Length * element.Size)];
            ulong[] starts = [.. block.Start.Select(index => (ulong)index)];
            ulong[] blocks = [.. block.Count.Select(length => (ulong)length)];
            array.Dataset.Read(bytes.AsSpan(), new HyperslabSelection(3, starts, blocks));
            element.Decode(bytes, destination.Span);
        }
    }

    /// <summary>Reads all of it as float32 in C order.</summary>
    /// <param name="destination">Of the dataset's shape.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public void Read(Memory<float> destination, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (virtualStack is not null)
        {
            virtualStack.Read(destination.Span, progress, cancellation);
        }
        else if (chunks is not null)
        {
            chunks.Read([.. Shape.Select(_ => 0L)], Shape, destination, progress, cancellation);
        }
        else
        {
            ReadSlabs(destination.Span, progress, cancellation);
        }
    }

    private void ReadSlabs(Span<float> destination, IProgress<double>? progress, CancellationToken cancellation)
    {
        int rank = Shape.Count;
        long[] shape = [.. Shape];
        long rowElements = destination.Length / shape[0];
        long thickness = Thickness(shape, element.Size);
        byte[] bytes = new byte[checked((int)(thickness * rowElements * element.Size))];
        long linesPerSlab = thickness * shape[1..^1].Aggregate(1L, (product, axis) => product * axis);
        for (long start = 0; start < shape[0]; start += thickness)
        {
            cancellation.ThrowIfCancellationRequested();
            array.Home.Stream.Refill(CallsPerRow * linesPerSlab);
            long count = Math.Min(thickness, shape[0] - start);
            ulong[] starts = new ulong[rank];
            starts[0] = (ulong)start;
            ulong[] blocks = [.. shape.Select(axis => (ulong)axis)];
            blocks[0] = (ulong)count;
            Span<byte> part = bytes.AsSpan(0, (int)(count * rowElements * element.Size));
            array.Dataset.Read(part, new HyperslabSelection(rank, starts, blocks));
            element.Decode(part, destination.Slice((int)(start * rowElements), (int)(count * rowElements)));
            progress?.Report((double)(start + count) / shape[0]);
        }
    }

    private static void RequireBytes(Hdf5Array array, IReadOnlyList<long> shape, ElementType element)
    {
        long bytes = Shapes.Bytes(shape, element.Size);
        if (array.Dataset.Layout.Class == H5DataLayoutClass.Contiguous && bytes > array.Home.Stream.Length)
        {
            throw InputException.ForFile(
                array.Home.Path,
                $"truncated: {Shapes.Text(shape)} {element.Name} needs {bytes} bytes but the file has {array.Home.Stream.Length}",
                array.Path
            );
        }
    }

    private static long ChunkWork(Hdf5Array array, IReadOnlyList<long> shape, ElementType element)
    {
        ulong[] lengths = array.Dataset.Layout.Chunks;
        if (lengths.Length != shape.Count || lengths.Contains(0UL))
        {
            throw new InvalidDataException("its chunks have another rank than the dataset");
        }

        long[] chunk = [.. lengths.Select(length => (long)Math.Min(length, long.MaxValue))];
        long bytes = Shapes.Bytes(chunk, element.Size);
        long chunks = Shapes.Count([.. shape.Zip(chunk, (axis, length) => ((axis - 1) / length) + 1)]);
        // Each chunk stands in an index of the file, so there cannot be more than it has bytes.
        if (bytes is 0 or > int.MaxValue || chunks > 20_000 + (array.Home.Stream.Length / 4))
        {
            throw InputException.ForFile(
                array.Home.Path,
                $"damaged HDF5: {chunks} chunks of {bytes} bytes in a file of {array.Home.Stream.Length} bytes",
                array.Path
            );
        }

        return (long)Int128.Min((Int128)6 * bytes * chunks, (Int128)(3 * bytes) + (256 << 20));
    }

    private static long Thickness(IReadOnlyList<long> shape, int elementBytes)
    {
        long rowBytes = Math.Max(1, Shapes.Bytes([.. shape.Skip(1)], elementBytes));
        return Math.Clamp(SlabBytes / rowBytes, 1, Math.Max(1, shape.Count > 0 ? shape[0] : 1));
    }

    private static long SlabWork(IReadOnlyList<long> shape, int elementBytes) =>
        (long)
            Int128.Min(
                (Int128)Thickness(shape, elementBytes) * Shapes.Bytes([.. shape.Skip(1)], elementBytes),
                long.MaxValue / 2
            );
}
