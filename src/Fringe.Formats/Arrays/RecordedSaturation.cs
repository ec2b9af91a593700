namespace Fringe.Formats.Arrays;

/// <summary>A count from which on a detector is saturated, as a file records it.</summary>
/// <param name="Counts">Above 0.</param>
/// <param name="Place">The dataset that says so.</param>
public sealed record RecordedSaturation(double Counts, string Place);
