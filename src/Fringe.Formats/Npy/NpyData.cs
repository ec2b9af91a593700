using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Npy;

/// <summary>Reads the elements of an NPY array into float32, C order.</summary>
internal static class NpyData
{
    private const int BlockElements = 1 << 17;

    /// <summary>The array to read, if it holds real numbers.</summary>
    /// <exception cref="InputException">Complex, object, string or structured elements.</exception>
    public static StoredArray Require(NpyHeader header, string path, string name)
    {
        if (header.Element is { } element)
        {
            return new StoredArray(name, header.Shape, element);
        }

        throw RealNumbers.Error(path, name.Length == 0 ? null : name, header.TypeName);
    }

    public static ArrayDescription Describe(NpyHeader header, string name, string compression) =>
        new(name, header.Shape, header.TypeName, compression, Shapes.Bytes(header.Shape, header.ElementBytes));

    /// <param name="stream">At the first element.</param>
    /// <param name="header">Header of the array.</param>
    /// <param name="array">The array, as <see cref="Require"/> gave it.</param>
    /// <param name="destination">As many elements as the shape has.</param>
    /// <param name="path">For errors.</param>
    /// <param name="progress">Fraction read.</param>
    /// <param name="cancellation">Looked at once a block.</param>
    public static void Read(
        Stream stream,
        NpyHeader header,
        StoredArray array,
        float[] destination,
        string path,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        byte[] bytes = new byte[Math.Min(BlockElements, destination.Length) * array.Type.Size];
        float[]? block = header.FortranOrder ? new float[Math.Min(BlockElements, destination.Length)] : null;
        for (int start = 0; start < destination.Length; start += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockElements, destination.Length - start);
            Span<byte> part = bytes.AsSpan(0, count * array.Type.Size);
            int found = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            if (found < part.Length)
            {
                long have = ((long)start * array.Type.Size) + found;
                throw Truncated(path, array, have);
            }

            if (block is null)
            {
                array.Type.Decode(part, destination.AsSpan(start, count));
            }
            else
            {
                array.Type.Decode(part, block.AsSpan(0, count));
                ScatterFortran(block.AsSpan(0, count), start, array.Shape, destination);
            }

            progress?.Report((double)(start + count) / destination.Length);
        }
    }

    /// <exception cref="InputException">Fewer bytes follow the header than the shape needs.</exception>
    public static void RequireBytes(string path, StoredArray array, long available)
    {
        if (available < Shapes.Bytes(array.Shape, array.Type.Size))
        {
            throw Truncated(path, array, available);
        }
    }

    private static InputException Truncated(string path, StoredArray array, long available) =>
        Shapes.Error(
            path,
            array,
            $"truncated: {array.ShapeText} {array.Type.Name} needs {Shapes.Bytes(array.Shape, array.Type.Size)} bytes "
                + $"but {available} are there; copy or save the file again"
        );

    // Element k of the file has its indices in the order first, second, ... axis; the last axis of the result is fastest.
    private static void ScatterFortran(ReadOnlySpan<float> block, long start, IReadOnlyList<long> shape, float[] result)
    {
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        long[] index = new long[shape.Count];
        long rest = start;
        long target = 0;
        for (int axis = 0; axis < shape.Count; axis++)
        {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
            target += index[axis] * strides[axis];
        }

        foreach (float value in block)
        {
            result[target] = value;
            for (int axis = 0; axis < shape.Count; axis++)
            {
                target += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                target -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
    }
}
