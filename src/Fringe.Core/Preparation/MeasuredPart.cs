namespace Fringe.Core.Preparation;

/// <summary>What of a scan, and of its detector, a stack holds.</summary>
public sealed record MeasuredPart
{
    /// <summary>Which frames were measured; the others are masked; null = all, or as many as the options say.</summary>
    public IReadOnlyList<bool>? Frames { get; init; }

    /// <summary>The part of the detector's frames that the stack shows; null = whole frames.</summary>
    public DetectorRegion? Region { get; init; }
}
