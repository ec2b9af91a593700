namespace Fringe.Formats.Arrays;

/// <summary>What a file says of an array beside its values.</summary>
internal sealed record ArrayCompanions
{
    /// <summary>The image, or one a frame, that is not 0 where nothing was measured; null = none.</summary>
    public StoredArray? Mask { get; init; }

    /// <summary>The count from which on the detector is saturated; null = not recorded.</summary>
    public RecordedSaturation? Saturation { get; init; }

    /// <summary>Of a pattern that was prepared before: place of its first voxel, <c>[rocking, row, column]</c> in voxels; null = frames as measured.</summary>
    public IReadOnlyList<int>? PreparedOrigin { get; init; }

    /// <summary>What was done to read it, or is odd about the file; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
