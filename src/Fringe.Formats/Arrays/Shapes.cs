using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>The checks on shape and size that every format shares, and their wording.</summary>
internal static class Shapes
{
    /// <summary>"201 x 256 x 256"; "scalar" without axes.</summary>
    public static string Text(IReadOnlyList<long> shape) => shape.Count == 0 ? "scalar" : string.Join(" x ", shape);

    /// <summary>Number of elements, capped at <see cref="long.MaxValue"/> so that hostile shapes cannot wrap around.</summary>
    public static long Count(IReadOnlyList<long> shape)
    {
        Int128 count = 1;
        foreach (long axis in shape)
        {
            if (axis <= 0)
            {
                return 0;
            }

            count = Int128.Min(count * axis, long.MaxValue);
        }

        return (long)count;
    }

    /// <summary>Bytes that the elements fill, capped like <see cref="Count"/>.</summary>
    public static long Bytes(IReadOnlyList<long> shape, int elementBytes) =>
        (long)Int128.Min((Int128)Count(shape) * elementBytes, long.MaxValue);

    /// <summary>Without its axes of length 1, as long as more than three are left.</summary>
    public static IReadOnlyList<long> Squeezed(IReadOnlyList<long> shape)
    {
        List<long> kept = [.. shape];
        while (kept.Count > 3 && kept.IndexOf(1) is >= 0 and int axis)
        {
            kept.RemoveAt(axis);
        }

        return kept;
    }

    /// <summary>As frames one behind the other: a single image is a stack of one.</summary>
    public static IReadOnlyList<long> AsStack(IReadOnlyList<long> shape) =>
        Squeezed(shape) is { Count: 2 } image ? [1, .. image] : Squeezed(shape);

    /// <summary>The shape of an array that is an image of a stack's frames, or one for each, without other axes of length 1; null where it is neither.</summary>
    /// <param name="image">The array's shape.</param>
    /// <param name="stack">Frames, rows, columns.</param>
    public static IReadOnlyList<long>? OfFrames(IReadOnlyList<long> image, IReadOnlyList<long> stack)
    {
        if (
            AsStack(image) is { Count: 3 } shape
            && shape.Skip(1).SequenceEqual(stack.Skip(1))
            && (shape[0] == 1 || shape[0] == stack[0])
        )
        {
            return shape;
        }

        return image.Where(axis => axis != 1).SequenceEqual(stack.Skip(1)) ? [1, .. stack.Skip(1)] : null;
    }

    /// <summary>Why a file's mask is not applied to its frames, and what can be done, as the end of a sentence.</summary>
    /// <param name="mask">Its shape, which <see cref="OfFrames"/> does not take.</param>
    /// <param name="stack">Frames, rows, columns.</param>
    /// <param name="place">File and dataset, as `Mask` takes them.</param>
    public static string MaskMisfit(IReadOnlyList<long> mask, IReadOnlyList<long> stack, string place)
    {
        string sizes = $"it is {Text(mask)}, the frames are {Text(stack)}";
        return AsStack(mask) is { Count: 3 } shape && shape.Skip(1).SequenceEqual(stack.Skip(1))
                ? $"{sizes}, and it has neither one image nor one a frame"
            : AsStack(mask) is { Count: 3 } large && large[1] >= stack[1] && large[2] >= stack[2]
                ? $"{sizes}; if they are a region of it, give it as `Mask` {place} with `RoiOrigin` ROW,COLUMN"
            : $"{sizes}; it is another detector's, or of frames that were not cut or binned";
    }

    /// <exception cref="InputException">The array is not a stack of at least two frames of at least two by two pixels.</exception>
    public static void RequireStack(string path, StoredArray array)
    {
        if (array.Shape.Count != 3)
        {
            throw Error(path, array, $"the array is {array.Shape.Count}D ({array.ShapeText}){RankAdvice(array)}");
        }

        string[] axes = ["rocking", "row", "column"];
        for (int axis = 0; axis < 3; axis++)
        {
            if (array.Shape[axis] < 2)
            {
                throw Error(
                    path,
                    array,
                    $"the {axes[axis]} axis has length {array.Shape[axis]} (shape {array.ShapeText}); "
                        + "a rocking curve needs at least 2 along each axis"
                );
            }
        }
    }

    /// <exception cref="InputException">The array is neither one image nor a stack of images.</exception>
    public static void RequireImage(string path, StoredArray array)
    {
        if (array.Shape.Count is not (2 or 3))
        {
            throw Error(
                path,
                array,
                $"the array is {array.Shape.Count}D ({array.ShapeText}); expected an image [row, column] or a stack of images"
            );
        }

        if (array.Shape.Any(axis => axis < 1))
        {
            throw Error(path, array, $"the array is empty (shape {array.ShapeText})");
        }
    }

    /// <exception cref="InputException">The result, with what reading needs beside it, does not fit.</exception>
    public static void RequireMemory(string path, StoredArray array, long limitBytes)
    {
        Int128 need = ((Int128)Count(array.Shape) * sizeof(float)) + array.WorkBytes;
        if (need > limitBytes || Count(array.Shape) > Array.MaxLength)
        {
            string reason =
                need > limitBytes ? $"{Gigabytes(limitBytes)} are available" : "one array can hold 2^31 voxels";
            throw Error(
                path,
                array,
                $"an array of {array.ShapeText} needs {Gigabytes(need)} of memory but {reason}; "
                    + "cut out the region around the peak or bin it first"
            );
        }
    }

    public static InputException Error(string path, StoredArray array, string problem) =>
        InputException.ForFile(path, problem, array.Name.Length == 0 ? null : array.Name);

    private static string RankAdvice(StoredArray array)
    {
        const string Expected = "; expected 3D [rocking, row, column]";
        return array.Shape.Count switch
        {
            2 => $"{Expected}: give a stack, or a folder or glob of frames",
            > 3 => $"{Expected}: save one scan as a 3D array, or choose another array with `Dataset`",
            _ => Expected,
        };
    }

    private static string Gigabytes(Int128 bytes) =>
        bytes < 10_000_000 ? $"{(double)bytes / 1e6:0.###} MB" : $"{(double)bytes / 1e9:0.##} GB";
}
