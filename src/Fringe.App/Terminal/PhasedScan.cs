using Fringe.App.Reports;

namespace Fringe.App.Terminal;

/// <summary>What became of one scan: a written result, or a problem in words.</summary>
/// <param name="Name">The input's stem.</param>
internal sealed record PhasedScan(string Name)
{
    /// <summary>The result's folder, as the user would give it.</summary>
    public string? Folder { get; init; }

    /// <summary>Names of the files in it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public PhasingReport? Report { get; init; }

    /// <summary>The text of <c>metrics.json</c>.</summary>
    public string? Json { get; init; }

    /// <summary>Why there is no result.</summary>
    public string? Problem { get; init; }

    /// <summary>The problem is the program's, not the input's.</summary>
    public bool IsFault { get; init; }
}
