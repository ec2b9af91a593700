using System.Diagnostics.CodeAnalysis;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Arrays;

/// <summary>A measured stack as it stands in the file: nothing corrected, nothing masked.</summary>
/// <param name="Intensity">float32 <c>[rocking, row, column]</c>; NaN and negative values are kept as the file has them.</param>
/// <param name="DtypeMaximum">
/// The largest value of the file's integer type (detectors write it for saturated and dead pixels); null for other types. Compare with
/// <c>(float)DtypeMaximum</c>: float32 holds 4294967295 as 4294967296.
/// </param>
/// <param name="Source">What the file holds; the array that was read is <paramref name="Dataset"/>.</param>
/// <param name="Dataset">Name of the array that was read; "" for a file with one unnamed array.</param>
[SuppressMessage("Naming", "CA1711", Justification = "A stack of frames, as beamlines say; no collection type.")]
public sealed record MeasuredStack(RealVolume Intensity, double? DtypeMaximum, FileDescription Source, string Dataset)
{
    /// <summary>The file's own mask, not 0 = not measured: float32 <c>[1, row, column]</c> or <c>[rocking, row, column]</c>; null = none.</summary>
    public RealVolume? Mask { get; init; }

    /// <summary>Where the mask is in the file; null = none.</summary>
    public string? MaskDataset { get; init; }

    /// <summary>The count from which on the detector is saturated, as the file records it; null = not recorded.</summary>
    public RecordedSaturation? Saturation { get; init; }

    /// <summary>The part of the detector that it is; null = all of it.</summary>
    public DetectorRegion? Region { get; init; }

    /// <summary>Rows and columns of the whole frames.</summary>
    public (int Height, int Width) FrameSize => Region?.FrameSize ?? (Intensity.Height, Intensity.Width);

    /// <summary>
    /// Of a pattern that <c>fringe convert</c> prepared: place of its first voxel on the (binned) detector and in the rocking curve,
    /// <c>[rocking, row, column]</c> in voxels. null = frames as they were measured.
    /// </summary>
    public IReadOnlyList<int>? PreparedOrigin { get; init; }

    /// <summary>What was done to read it, or is odd about the file; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
