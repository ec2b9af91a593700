namespace Fringe.Core.Preparation;

/// <summary>What of a scan, and of its detector, a stack holds, and whether it was prepared before.</summary>
public sealed record MeasuredPart
{
    /// <summary>Which frames were measured; the others are masked; null = all, or as many as the options say.</summary>
    public IReadOnlyList<bool>? Frames { get; init; }

    /// <summary>The part of the detector's frames that the stack shows; null = whole frames.</summary>
    public DetectorRegion? Region { get; init; }

    /// <summary>
    /// Of a stack that is a prepared pattern, with its peak at index N/2: place of its first voxel on the (binned) detector and in the
    /// rocking curve, <c>[rocking, row, column]</c> in voxels. null = frames as they were measured.
    /// </summary>
    public IReadOnlyList<int>? PreparedOrigin { get; init; }
}
