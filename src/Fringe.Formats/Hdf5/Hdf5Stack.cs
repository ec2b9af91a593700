using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>An array of an HDF5 file that can be read: one dataset, or several one after another.</summary>
internal sealed class Hdf5Stack
{
    private readonly IReadOnlyList<Hdf5ArrayReader> readers;

    private Hdf5Stack(Hdf5Chosen chosen, IReadOnlyList<Hdf5ArrayReader> readers)
    {
        this.readers = readers;
        Chosen = chosen;
        Name = chosen.Name;
        IReadOnlyList<long> first = readers[0].Shape;
        IReadOnlyList<long> frames = Shapes.AsStack(first);
        IReadOnlyList<long> shape =
            readers.Count == 1
                ? Shapes.Squeezed(first)
                : [readers.Sum(reader => Shapes.AsStack(reader.Shape)[0]), .. frames.Skip(1)];
        ShapeInFile = Shapes.AsStack(shape);
        // MATLAB writes its first axis as the last one of the file: what it calls rows and columns come swapped.
        Writer = shape.Count is 2 or 3 ? WriterOf(chosen.Parts[0]) : null;
        Stored = new StoredArray(
            Name,
            IsTransposed ? [.. shape.Take(shape.Count - 2), shape[^1], shape[^2]] : shape,
            readers[0].Element,
            readers.Max(reader => reader.WorkBytes)
        );
    }

    public Hdf5Chosen Chosen { get; }

    public string Name { get; }

    public IReadOnlyList<Hdf5Array> Parts => Chosen.Parts;

    public StoredArray Stored { get; }

    /// <summary>Frames, rows, columns before they are turned as MATLAB has them.</summary>
    public IReadOnlyList<long> ShapeInFile { get; }

    /// <summary>The program that wrote the first axis as the last one of the file; null = none of those that do.</summary>
    public string? Writer { get; }

    /// <summary>Rows and columns lie the other way round in the file.</summary>
    public bool IsTransposed => Writer is not null;

    /// <param name="chosen">Of one file and those linked to it.</param>
    /// <param name="hops">How many virtual datasets have led here.</param>
    /// <exception cref="Fringe.Core.InputException">It cannot be read.</exception>
    public static Hdf5Stack Of(Hdf5Chosen chosen, int hops) =>
        new(chosen, [.. chosen.Parts.Select(part => Hdf5ArrayReader.Of(part, hops))]);

    /// <summary>Reads all of it as float32 in C order.</summary>
    /// <param name="destination">Of the stored shape.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public void Read(Memory<float> destination, IProgress<double>? progress, CancellationToken cancellation)
    {
        int start = 0;
        foreach ((int i, Hdf5ArrayReader reader) in readers.Index())
        {
            int length = (int)Shapes.Count(reader.Shape);
            reader.Read(destination.Slice(start, length), readers.Count == 1 ? progress : null, cancellation);
            start += length;
            if (readers.Count > 1)
            {
                progress?.Report((i + 1.0) / readers.Count);
            }
        }

        if (IsTransposed)
        {
            Transpose(destination.Span, (int)Stored.Shape[^2], (int)Stored.Shape[^1]);
        }
    }

    /// <summary>Frames that are best read at once; null where blocks cannot be read by themselves.</summary>
    public long? FramesAtOnce =>
        IsTransposed || readers.Any(reader => reader.FramesAtOnce is null)
            ? null
            : readers.Max(reader => reader.FramesAtOnce!.Value);

    /// <summary>Reads a block as float32 in C order.</summary>
    /// <param name="block">Within the stack.</param>
    /// <param name="destination">Of the block's size.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public void ReadBlock(StackBlock block, Memory<float> destination, CancellationToken cancellation)
    {
        long frame = block.Count[1] * block.Count[2];
        long origin = 0;
        foreach (Hdf5ArrayReader reader in readers)
        {
            long first = Math.Max(origin, block.Start[0]);
            long count = Math.Min(origin + reader.Shape[0], block.Start[0] + block.Count[0]) - first;
            if (count > 0)
            {
                StackBlock inPart = new(
                    [first - origin, block.Start[1], block.Start[2]],
                    [count, block.Count[1], block.Count[2]]
                );
                Memory<float> target = destination.Slice((int)((first - block.Start[0]) * frame), (int)(count * frame));
                reader.ReadBlock(inPart, target, cancellation);
            }

            origin += reader.Shape[0];
        }
    }

    private static string? WriterOf(Hdf5Array array) =>
        array.Dataset.AttributeExists("MATLAB_class") ? "MATLAB"
        : array.IsOctave ? "Octave"
        : array.Home.IsJulia ? "Julia"
        : null;

    private static void Transpose(Span<float> frames, int rows, int columns)
    {
        float[] turned = new float[rows * columns];
        for (int start = 0; start < frames.Length; start += turned.Length)
        {
            Span<float> frame = frames.Slice(start, turned.Length);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    turned[(row * columns) + column] = frame[(column * rows) + row];
                }
            }

            turned.CopyTo(frame);
        }
    }
}
