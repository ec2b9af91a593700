using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Cxi;

namespace Fringe.Formats;

/// <summary>
/// Reads measurements: NPY, NPZ, TIFF, EDF, CBF (one file, or a folder or glob of frames) and HDF5 (NeXus, CXI), also packed by
/// gzip. The format is told by the first bytes of the file, never by its name. Every error is an <see cref="InputException"/> with one line.
/// </summary>
public static class MeasurementFile
{
    /// <summary>Lists what a file holds, from its headers only.</summary>
    /// <param name="path">
    /// A file, a folder of TIFF, EDF or CBF frames, a glob such as <c>scan/frame_*.tif</c>, or a folder of simulated crystals.
    /// </param>
    /// <exception cref="InputException">Missing, damaged or of no known format.</exception>
    public static FileDescription Identify(string path)
    {
        using ArraySource source = SourceOpener.Open(ArrayPath.Split(path).File);
        return source.Describe();
    }

    /// <summary>Reads a 3D stack of real numbers, <c>[rocking, row, column]</c>, as it stands in the file.</summary>
    /// <param name="path">
    /// A file, a folder of TIFF, EDF or CBF frames, or a glob such as <c>scan/frame_*.tif</c>; a file's dataset may follow a colon: <c>scan.h5:/entry/data</c>.
    /// </param>
    /// <param name="options">Dataset, memory limit, progress.</param>
    /// <param name="cancellation">Looked at once a frame or block.</param>
    /// <exception cref="InputException">
    /// Missing, damaged, not 3D, an axis shorter than 2, not real numbers, an unknown dataset, or too large for memory.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MeasuredStack ReadVolume(
        string path,
        ReadOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        (string file, options) = Parted(path, options);
        using ArraySource source = SourceOpener.Open(file);
        MeasuredStack stack = SourceReading.ReadStack(source, file, options, cancellation);
        return stack with { PreparedOrigin = stack.PreparedOrigin ?? CxiPatternFile.FindFirstVoxel(stack) };
    }

    /// <summary>Reads dark counts: an image (depth 1) or one a frame (depth as stored).</summary>
    /// <param name="path">
    /// A file, a folder of TIFF frames or a glob such as <c>dark/frame_*.tif</c>; a file's dataset may follow a colon: <c>dark.h5:/entry/dark</c>. Of several
    /// images the one whose name says that it is one is read.
    /// </param>
    /// <param name="options">Dataset, memory limit, progress.</param>
    /// <param name="cancellation">Looked at once a frame or block.</param>
    /// <returns>float32 <c>[image, row, column]</c>.</returns>
    /// <exception cref="InputException">
    /// Missing, damaged, no image, not real numbers, an unknown dataset, several that fit, or too large for memory.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RealVolume ReadDark(
        string path,
        ReadOptions? options = null,
        CancellationToken cancellation = default
    ) => ReadImage(path, ArrayRole.Dark, options, cancellation);

    /// <summary>Reads a flat field: an image (depth 1) or one a frame (depth as stored).</summary>
    /// <param name="path">
    /// A file, a folder of TIFF frames or a glob such as <c>flat/frame_*.tif</c>; a file's dataset may follow a colon: <c>flat.h5:/entry/flat</c>. Of several
    /// images the one whose name says that it is one is read.
    /// </param>
    /// <param name="options">Dataset, memory limit, progress.</param>
    /// <param name="cancellation">Looked at once a frame or block.</param>
    /// <returns>float32 <c>[image, row, column]</c>.</returns>
    /// <exception cref="InputException">
    /// Missing, damaged, no image, not real numbers, an unknown dataset, several that fit, or too large for memory.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RealVolume ReadFlat(
        string path,
        ReadOptions? options = null,
        CancellationToken cancellation = default
    ) => ReadImage(path, ArrayRole.Flat, options, cancellation);

    /// <summary>Reads a mask, not 0 = not measured: an image (depth 1) or one a frame (depth as stored).</summary>
    /// <param name="path">
    /// A file, a folder of TIFF frames or a glob such as <c>mask/frame_*.tif</c>; a file's dataset may follow a colon: <c>mask.h5:/entry/mask</c>. Of several
    /// images the one whose name says that it is one is read.
    /// </param>
    /// <param name="options">Dataset, memory limit, progress.</param>
    /// <param name="cancellation">Looked at once a frame or block.</param>
    /// <returns>float32 <c>[image, row, column]</c>; bool reads as 0 and 1.</returns>
    /// <exception cref="InputException">
    /// Missing, damaged, no image, not real numbers, an unknown dataset, several that fit, or too large for memory.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RealVolume ReadMask(
        string path,
        ReadOptions? options = null,
        CancellationToken cancellation = default
    ) => ReadImage(path, ArrayRole.Mask, options, cancellation);

    /// <summary>How <see cref="ReadMask"/> takes a file's mask where that is not plain, one sentence each: one of good pixels is turned, harmless bits do not count.</summary>
    /// <param name="path">As <see cref="ReadMask"/> has it.</param>
    /// <exception cref="InputException">Missing, damaged, an unknown dataset, or several that fit.</exception>
    public static IReadOnlyList<string> MaskRemarks(string path)
    {
        (string file, ReadOptions options) = Parted(path, null);
        using ArraySource source = SourceOpener.Open(file);
        StoredArray array = source.Select(options.Dataset, ArrayRole.Mask);
        if (!ArrayNames.IsOfGoodPixels(array.Name) && source.HarmlessMaskBits(array) == 0)
        {
            return [];
        }

        Shapes.RequireMemory(file, array, options.EffectiveMemoryLimitBytes);
        float[] values = new float[Shapes.Count(array.Shape)];
        source.Read(array, values, progress: null, CancellationToken.None);
        return MaskMeaning.Apply(values, source, array).Remarks;
    }

    private static RealVolume ReadImage(
        string path,
        ArrayRole role,
        ReadOptions? options,
        CancellationToken cancellation
    )
    {
        (string file, options) = Parted(path, options);
        using ArraySource source = SourceOpener.Open(file);
        return SourceReading.ReadImage(source, file, options, role, cancellation);
    }

    private static (string File, ReadOptions Options) Parted(string path, ReadOptions? options)
    {
        options ??= new ReadOptions();
        options.Validate();
        (string file, string? dataset) = ArrayPath.Split(path);
        return (file, options with { Dataset = options.Dataset ?? dataset });
    }
}
