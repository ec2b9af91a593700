namespace Fringe.Formats.Hdf5;

/// <summary>The array to read, in one dataset or in several, one after another.</summary>
/// <param name="Name">The path that it goes by.</param>
/// <param name="Parts">One at least.</param>
internal sealed record Hdf5Chosen(string Name, IReadOnlyList<Hdf5Array> Parts)
{
    /// <summary>Nothing but its size speaks for it.</summary>
    public bool IsLargest { get; init; }

    /// <summary>What a user should know of how it was chosen; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
