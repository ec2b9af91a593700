namespace Fringe.Core.Values;

/// <summary>A pixel of a detector, counted from 0.</summary>
/// <param name="Row">From the top.</param>
/// <param name="Column">From the left.</param>
public readonly record struct PixelIndex(int Row, int Column);
