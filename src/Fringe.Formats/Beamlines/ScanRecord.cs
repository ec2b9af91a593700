namespace Fringe.Formats.Beamlines;

/// <summary>Where the motors of a scan stood, whatever file said so.</summary>
/// <param name="Origin">File and scan, to start messages with.</param>
/// <param name="Command">What was scanned, in words.</param>
/// <param name="Positions">
/// The positions of a motor by one of its names: one a point where it was scanned, else the one where it stood; null = not recorded.
/// </param>
public sealed record ScanRecord(string Origin, string Command, Func<string, IReadOnlyList<double>?> Positions)
{
    /// <summary>The HDF5 group that it was read from, where its frames may be, too; null for other files.</summary>
    public string? Group { get; init; }

    /// <summary>By the first of several names that is there.</summary>
    internal IReadOnlyList<double>? Find(IReadOnlyList<string> names) =>
        names.Select(Positions).FirstOrDefault(positions => positions is not null);
}
