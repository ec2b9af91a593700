namespace Fringe.Formats.Beamlines;

/// <summary>Where a motor stood during a scan.</summary>
/// <param name="Values">
/// In the motor's own unit: one a point where it was scanned, else the one where it stood. NaN and infinity where the file has no number.
/// </param>
/// <param name="Source">File and place that they are from.</param>
public sealed record MotorPositions(IReadOnlyList<double> Values, string Source)
{
    /// <summary>Why they cannot be used, as one line with file and place; null where they can.</summary>
    public string? Problem { get; init; }
}
