namespace Fringe.Core.Preparation;

/// <summary>What is known of a stack's frames before they are prepared, beside their counts.</summary>
public sealed record KnownFrames
{
    /// <summary>Which frames were measured; the others are masked; null = all, or as many as the options say.</summary>
    public IReadOnlyList<bool>? MeasuredFrames { get; init; }

    /// <summary>
    /// Of a stack that is a prepared pattern, with its peak at index N/2: place of its first voxel on the (binned) detector and in the
    /// rocking curve, <c>[rocking, row, column]</c> in voxels. null = frames as they were measured.
    /// </summary>
    public IReadOnlyList<int>? PreparedOrigin { get; init; }
}
