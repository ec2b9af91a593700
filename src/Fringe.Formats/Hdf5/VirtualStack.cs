using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// A virtual dataset, as master files show the frames of others. PureHDF, like HDF5 itself, gives zeros for files that are missing; here
/// every frame must be there. Each part must be whole frames.
/// </summary>
internal sealed class VirtualStack
{
    private const int MostHops = 4;
    private const long MostAtOnce = 64;
    private readonly int hops;
    private readonly IReadOnlyList<Part> parts;

    private VirtualStack(int hops, IReadOnlyList<Part> parts)
    {
        this.hops = hops;
        this.parts = parts;
        LargestBytes = parts.Max(part => Shapes.Bytes(part.Shape, sizeof(float)));
    }

    /// <summary>Of the largest part as it is read.</summary>
    public long LargestBytes { get; }

    /// <summary>Finds the parts and sees that together they are the whole dataset.</summary>
    /// <param name="path">The master file's.</param>
    /// <param name="name">The dataset's.</param>
    /// <param name="dataset">Virtual.</param>
    /// <param name="element">Its type.</param>
    /// <param name="hops">How many virtual datasets have led here.</param>
    /// <exception cref="InputException">A file is missing or holds something else, frames are in no file, or parts are no whole frames.</exception>
    public static VirtualStack Open(string path, string name, NativeDataset dataset, ElementType element, int hops)
    {
        if (hops >= MostHops)
        {
            throw InputException.ForFile(
                path,
                "a virtual dataset that leads from one to the next without an end",
                name
            );
        }

        IReadOnlyList<long> shape = Hdf5Values.Shape(dataset);
        List<Part> parts = [];
        foreach (VirtualPart part in PartsOf(path, name, dataset))
        {
            long first = part.To?.Start[0] ?? 0;
            long count = part.To?.Count[0] ?? shape[0];
            string file = part.File == "." ? path : Path.Combine(Path.GetDirectoryName(path) ?? "", part.File);
            bool isWhole = part.To is not { } to || IsWhole(to, shape);
            if (!isWhole || first < 0 || count < 1 || first + count > shape[0])
            {
                throw Unusual(path, name);
            }

            if (!File.Exists(file))
            {
                throw InputException.ForFile(
                    path,
                    $"its frames {first} to {first + count - 1} are in {file}, which is not there; copy it to where the master file looks for it",
                    name
                );
            }

            parts.Add(Find(path, name, file, part, first, count, shape, element, hops));
        }

        long next = 0;
        foreach (Part part in parts.OrderBy(part => part.First))
        {
            if (part.First > next)
            {
                throw InputException.ForFile(path, $"its frames {next} to {part.First - 1} are in no file", name);
            }

            next = Math.Max(next, part.First + part.Count);
        }

        return next == shape[0]
            ? new VirtualStack(hops, parts)
            : throw InputException.ForFile(path, $"its frames {next} to {shape[0] - 1} are in no file", name);
    }

    /// <summary>Reads all parts.</summary>
    /// <param name="destination">C order, of the dataset's shape.</param>
    /// <param name="progress">Told after every part.</param>
    /// <param name="cancellation">Looked at in between.</param>
    public void Read(Span<float> destination, IProgress<double>? progress, CancellationToken cancellation)
    {
        foreach ((int i, Part part) in parts.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            long frame = part.Shape.Skip(1).Aggregate(1L, (product, length) => product * length);
            float[] values = new float[part.Shape[0] * frame];
            using (Hdf5Source source = new(Streams.OpenRead(part.File), part.File, hops + 1))
            {
                source.Read(source.Select(part.Dataset, ArrayRole.Part), values, null, cancellation);
            }

            values
                .AsSpan((int)(part.From * frame), (int)(part.Count * frame))
                .CopyTo(destination[(int)(part.First * frame)..]);
            progress?.Report((i + 1.0) / parts.Count);
        }
    }

    /// <summary>Frames that are best read at once; null where some parts are no stacks.</summary>
    public long? FramesAtOnce =>
        parts.All(part => part.Shape.Count == 3) ? Math.Min(parts.Max(part => part.Count), MostAtOnce) : null;

    /// <summary>Reads a block.</summary>
    /// <param name="block">Within the stack.</param>
    /// <param name="destination">Of the block's size.</param>
    /// <param name="cancellation">Looked at in between.</param>
    public void ReadBlock(StackBlock block, Memory<float> destination, CancellationToken cancellation)
    {
        long frame = block.Count[1] * block.Count[2];
        foreach (Part part in parts)
        {
            long first = Math.Max(part.First, block.Start[0]);
            long count = Math.Min(part.First + part.Count, block.Start[0] + block.Count[0]) - first;
            if (count <= 0)
            {
                continue;
            }

            StackBlock inPart = new(
                [part.From + first - part.First, block.Start[1], block.Start[2]],
                [count, block.Count[1], block.Count[2]]
            );
            using Hdf5Source source = new(Streams.OpenRead(part.File), part.File, hops + 1);
            source.ReadBlock(
                source.Select(part.Dataset, ArrayRole.Part),
                inPart,
                destination.Slice((int)((first - block.Start[0]) * frame), (int)(count * frame)),
                cancellation
            );
        }
    }

    private static IReadOnlyList<VirtualPart> PartsOf(string path, string name, NativeDataset dataset)
    {
        try
        {
            return VirtualPart.Decode(PureHdfInternals.VirtualMapping(dataset));
        }
        catch (NotSupportedException)
        {
            throw Unusual(path, name);
        }
    }

    private static Part Find(
        string path,
        string name,
        string file,
        VirtualPart part,
        long first,
        long count,
        IReadOnlyList<long> shape,
        ElementType element,
        int hops
    )
    {
        using Hdf5Source source = new(Streams.OpenRead(file), file, hops + 1);
        StoredArray found = source.Select(part.Dataset, ArrayRole.Part);
        // A single image counts as a stack of one.
        IReadOnlyList<long> stored = found.Shape.Count == shape.Count - 1 ? [1, .. found.Shape] : found.Shape;
        long from = part.From?.Start[0] ?? 0;
        long taken = found.Shape.Count == shape.Count ? part.From?.Count[0] ?? stored[0] : 1;
        bool isWhole = part.From is not { } block || found.Shape.Count < shape.Count || IsWhole(block, stored);
        bool fits =
            stored.Skip(1).SequenceEqual(shape.Skip(1)) && taken == count && from >= 0 && from + taken <= stored[0];
        if (!isWhole)
        {
            throw Unusual(path, name);
        }

        return fits && found.Type.Size == element.Size && found.Type.Kind == element.Kind
            ? new Part(file, part.Dataset, stored, from, first, count)
            : throw InputException.ForFile(
                path,
                $"its frames {first} to {first + count - 1} of {Shapes.Text([.. shape.Skip(1)])} {element.Name} are in {file}:{part.Dataset}, "
                    + $"which is {found.ShapeText} {found.Type.Name}; the measurement is not complete or the files do not belong together",
                name
            );
    }

    private static bool IsWhole(VirtualBlock block, IReadOnlyList<long> shape) =>
        block.Count.Count == shape.Count
        && Enumerable.Range(1, shape.Count - 1).All(axis => block.Start[axis] == 0 && block.Count[axis] == shape[axis]);

    private static InputException Unusual(string path, string name) =>
        InputException.ForFile(
            path,
            "a virtual dataset whose parts are not whole frames one after another; give the file that holds them (the motors may stay here: "
                + "`GeometryPath`) or copy it to a plain dataset with h5repack",
            name
        );

    // Frames from a dataset of the shape, and where they belong.
    private sealed record Part(
        string File,
        string Dataset,
        IReadOnlyList<long> Shape,
        long From,
        long First,
        long Count
    );
}
