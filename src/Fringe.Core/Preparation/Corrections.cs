using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>What is known of a detector's pixels beside the frames.</summary>
public sealed record Corrections
{
    /// <summary>
    /// Dark counts of each pixel: float32 <c>[1, row, column]</c> or <c>[rocking, row, column]</c>. Subtracted; pixels far above
    /// the others are masked. null = none.
    /// </summary>
    public RealVolume? Dark { get; init; }

    /// <summary>
    /// Flat field (relative efficiency) of each pixel: float32 <c>[1, row, column]</c> or <c>[rocking, row, column]</c>. Divided out after
    /// scaling to a median of 1; pixels far from 1 are masked. null = none.
    /// </summary>
    public RealVolume? Flat { get; init; }

    /// <summary>Not 0 = not measured: float32 <c>[1, row, column]</c> or <c>[rocking, row, column]</c>. null = none.</summary>
    public RealVolume? Mask { get; init; }

    /// <summary>The mask that came with the frames, not 0 = not measured: float32 <c>[1, row, column]</c> or <c>[rocking, row, column]</c>. null = none.</summary>
    public RealVolume? RecordedMask { get; init; }

    /// <summary>The detector's own layout; null = not known, or none.</summary>
    public DetectorMask? Detector { get; init; }

    /// <summary>The largest count that the file's type can hold, where counts saturate unless an option says otherwise; null = none.</summary>
    public double? LargestCount { get; init; }

    /// <summary>The count from which on the detector is saturated, as the file records it; null = not recorded.</summary>
    public double? RecordedSaturation { get; init; }
}
