using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;

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
        using ArraySource source = SourceOpener.Open(path);
        return source.Describe();
    }

    /// <summary>Reads a 3D stack of real numbers, <c>[rocking, row, column]</c>, as it stands in the file.</summary>
    /// <param name="path">A file, a folder of TIFF, EDF or CBF frames, or a glob such as <c>scan/frame_*.tif</c>.</param>
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
        options ??= new ReadOptions();
        options.Validate();
        using ArraySource source = SourceOpener.Open(path);
        return SourceReading.ReadStack(source, path, options, cancellation);
    }

    /// <summary>Reads a dark, flat or mask: an image (depth 1) or a stack of them (depth as stored).</summary>
    /// <inheritdoc cref="ReadVolume"/>
    /// <returns>float32 <c>[image, row, column]</c>; a 2D array has one image; bool reads as 0 and 1.</returns>
    public static RealVolume ReadImage(
        string path,
        ReadOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new ReadOptions();
        options.Validate();
        using ArraySource source = SourceOpener.Open(path);
        return SourceReading.ReadImage(source, path, options, cancellation);
    }
}
