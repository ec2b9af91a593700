using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// An HDF5 file (NeXus, CXI or plain), read through PureHDF: behind a stream that runs out of budget, so that a
/// damaged file ends in one clear line.
/// </summary>
internal sealed class Hdf5Source : ArraySource
{
    // A damaged file may walk in circles; honest work between two refills stays far below these.
    private const long BaseBudgetCalls = 50_000;
    private const long MaximumBudgetCalls = 2_000_000;
    private const long CallsPerChunk = 200;
    private const long CallsPerRow = 4;
    private const long SlabBytes = 8 << 20;

    private readonly string path;
    private readonly BudgetedStream stream;
    private readonly NativeFile file;
    private readonly H5LinkAccess links;
    private readonly int hops;
    private readonly IReadOnlyList<Hdf5Kind> kinds;
    private readonly Dictionary<string, VirtualStack> virtualStacks = [];
    private Hdf5Tree? tree;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions, errors and files that links lead to.</param>
    /// <param name="hops">How many virtual datasets have led here.</param>
    /// <param name="kinds">The kinds of file that are no measurement; none are told apart by default.</param>
    public Hdf5Source(Stream stream, string path, int hops = 0, IReadOnlyList<Hdf5Kind>? kinds = null)
    {
        this.path = path;
        this.hops = hops;
        this.kinds = kinds ?? [];
        Hdf5Filters.EnsureRegistered();
        Hdf5Superblock.RequireComplete(stream, path);
        long calls = Math.Min(BaseBudgetCalls + (4 * stream.Length), MaximumBudgetCalls);
        this.stream = new BudgetedStream(stream, calls, Hdf5Reading.BudgetBytes(stream));
        links = Hdf5Reading.Links(path);
        file = Guard(() => H5File.Open(this.stream, leaveOpen: true), dataset: null);
    }

    public override FileDescription Describe() =>
        Guard(
            () =>
            {
                Hdf5Tree tree = Tree();
                List<ArrayDescription> arrays = [];
                foreach ((string name, NativeDataset dataset) in tree.Datasets)
                {
                    if (dataset.Space.Rank > 0)
                    {
                        arrays.Add(Hdf5Description.Array(name, dataset));
                    }
                }

                if (Kind() is not { } kind)
                {
                    return new FileDescription(path, "HDF5", arrays, Hdf5Description.Metadata(tree, stream));
                }

                stream.Refill();
                return new FileDescription(path, kind.Format, arrays, [.. kind.ReadMetadata(file, stream.Length)]);
            },
            dataset: null
        );

    public override StoredArray Select(string? dataset, bool preferStack) =>
        Guard(
            () =>
            {
                if (Kind() is { } kind)
                {
                    throw InputException.ForFile(path, kind.NoMeasurement, dataset);
                }

                (string name, NativeDataset found) = dataset is null
                    ? Hdf5Choice.Choose(path, file, Tree(), links, preferStack)
                    : Hdf5Choice.Find(path, file, Tree(), links, dataset, preferStack);
                return Require(name, found);
            },
            dataset
        );

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    ) =>
        Guard(
            () =>
            {
                if (virtualStacks.TryGetValue(array.Name, out VirtualStack? stack))
                {
                    stack.Read(destination, progress, cancellation);
                    return true;
                }

                NativeDataset dataset = Hdf5Choice
                    .Find(path, file, Tree(), links, array.Name, preferStack: true)
                    .Dataset;
                ReadSlabs(dataset, array, destination, progress, cancellation);
                return true;
            },
            array.Name
        );

    public override void Dispose()
    {
        file.Dispose();
        stream.Dispose();
    }

    private Hdf5Kind? Kind() => kinds.FirstOrDefault(kind => kind.IsKindOf(file));

    private Hdf5Tree Tree() => tree ??= Hdf5Tree.Walk(file, stream, links);

    private StoredArray Require(string name, NativeDataset dataset)
    {
        if (Hdf5Values.Element(dataset) is not { } element)
        {
            throw RealNumbers.Error(path, name, Hdf5Values.TypeName(dataset));
        }

        foreach ((int id, string filter, uint[] parameters) in PureHdfInternals.Filters(dataset))
        {
            if (Hdf5Filters.Unsupported(id, filter, parameters) is { } problem)
            {
                throw InputException.ForFile(
                    path,
                    $"unsupported {problem}; expected gzip, shuffle, fletcher32, LZ4 or bitshuffle-LZ4: repack it with h5repack",
                    name
                );
            }
        }

        IReadOnlyList<long> shape = Hdf5Values.Shape(dataset);
        long bytes = Shapes.Bytes(shape, element.Size);
        long work = bytes;
        switch (dataset.Layout.Class)
        {
            case H5DataLayoutClass.VirtualStorage:
                VirtualStack stack = VirtualStack.Open(path, name, dataset, element, hops);
                virtualStacks[name] = stack;
                work = stack.LargestBytes;
                break;
            case H5DataLayoutClass.Contiguous when IsInThisFile(dataset) && bytes > stream.Length:
                throw InputException.ForFile(
                    path,
                    $"truncated: {Shapes.Text(shape)} {element.Name} needs {bytes} bytes but the file has {stream.Length}",
                    name
                );
            case H5DataLayoutClass.Chunked:
                long chunk = Shapes.Bytes([.. dataset.Layout.Chunks.Select(ToLong)], element.Size);
                long chunks = ChunkCount(dataset, shape);
                // Each chunk stands in an index of the file, so there cannot be more than it has bytes.
                if (chunk is 0 or > int.MaxValue || (IsInThisFile(dataset) && chunks > 20_000 + (stream.Length / 4)))
                {
                    throw InputException.ForFile(
                        path,
                        $"damaged HDF5: {chunks} chunks of {chunk} bytes in a file of {stream.Length} bytes",
                        name
                    );
                }

                work = (long)Int128.Min(Slab(dataset, shape, element.Size) + ((Int128)3 * chunk), long.MaxValue);
                break;
            default:
                work = Slab(dataset, shape, element.Size);
                break;
        }

        return new StoredArray(name, shape, element, work);
    }

    private void ReadSlabs(
        NativeDataset dataset,
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        int rank = array.Shape.Count;
        long[] shape = [.. array.Shape];
        long chunksPerSlab =
            dataset.Layout.Class == H5DataLayoutClass.Chunked
                ? 1 + (ChunkCount(dataset, shape) / Math.Max(1, shape[0] / ToLong(dataset.Layout.Chunks[0])))
                : 0;
        long rowElements = destination.LongLength / array.Shape[0];
        long thickness = Thickness(dataset, array.Shape, array.Type.Size);
        byte[] bytes = new byte[checked((int)(thickness * rowElements * array.Type.Size))];
        for (long start = 0; start < array.Shape[0]; start += thickness)
        {
            cancellation.ThrowIfCancellationRequested();
            long rows = thickness * shape[1..^1].Aggregate(1L, (product, axis) => product * axis);
            stream.Refill((CallsPerRow * rows) + (CallsPerChunk * chunksPerSlab));
            long count = Math.Min(thickness, array.Shape[0] - start);
            ulong[] starts = new ulong[rank];
            starts[0] = (ulong)start;
            ulong[] blocks = [.. array.Shape.Select(axis => (ulong)axis)];
            blocks[0] = (ulong)count;
            Span<byte> part = bytes.AsSpan(0, (int)(count * rowElements * array.Type.Size));
            dataset.Read(part, new HyperslabSelection(rank, starts, blocks));
            Span<float> target = destination.AsSpan((int)(start * rowElements), (int)(count * rowElements));
            array.Type.Decode(part, target);
            progress?.Report((double)(start + count) / array.Shape[0]);
        }
    }

    private static long ChunkCount(NativeDataset dataset, IReadOnlyList<long> shape)
    {
        ulong[] chunks = dataset.Layout.Chunks;
        if (chunks.Length != shape.Count || chunks.Contains(0UL))
        {
            throw new InvalidDataException("its chunks have another rank than the dataset");
        }

        return Shapes.Count([.. shape.Select((axis, i) => ((axis - 1) / ToLong(chunks[i])) + 1)]);
    }

    // Whole chunks at a time, so that none is unpacked twice.
    private static long Thickness(NativeDataset dataset, IReadOnlyList<long> shape, int elementBytes)
    {
        long rowBytes = Math.Max(1, Shapes.Bytes([.. shape.Skip(1)], elementBytes));
        long most = Math.Max(1, (Array.MaxLength / 2) / rowBytes);
        long wanted =
            dataset.Layout.Class == H5DataLayoutClass.Chunked
                ? ToLong(dataset.Layout.Chunks[0])
                : Math.Max(1, SlabBytes / rowBytes);
        return Math.Clamp(wanted, 1, Math.Min(most, Math.Max(1, shape.Count > 0 ? shape[0] : 1)));
    }

    private static Int128 SlabBytesOf(NativeDataset dataset, IReadOnlyList<long> shape, int elementBytes) =>
        (Int128)Thickness(dataset, shape, elementBytes) * Shapes.Bytes([.. shape.Skip(1)], elementBytes);

    private static long Slab(NativeDataset dataset, IReadOnlyList<long> shape, int elementBytes) =>
        (long)Int128.Min(SlabBytesOf(dataset, shape, elementBytes), long.MaxValue / 2);

    private static long ToLong(ulong value) => (long)Math.Min(value, long.MaxValue);

    private bool IsInThisFile(NativeDataset dataset) => ReferenceEquals(PureHdfInternals.Identity(dataset).File, file);

    private T Guard<T>(Func<T> action, string? dataset)
    {
        stream.Refill();
        try
        {
            return action();
        }
        catch (Exception error) when (error is not (InputException or OperationCanceledException))
        {
            // A parser that meets damage fails in many ways (null, index, overflow, cast): all mean the same to the reader.
            Exception cause = error.GetBaseException();
            throw InputException.ForFile(
                path,
                $"truncated or damaged HDF5 ({Streams.OneLine(cause.Message)}); copy or save the file again",
                dataset,
                error
            );
        }
    }
}
