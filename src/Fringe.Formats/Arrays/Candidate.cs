namespace Fringe.Formats.Arrays;

/// <summary>An array that might be the one to read.</summary>
/// <param name="Name">Name that <c>--dataset</c> takes.</param>
/// <param name="Shape">Length of each axis.</param>
/// <param name="TypeName">Element type for people.</param>
/// <param name="IsReal">The elements are real numbers.</param>
internal sealed record Candidate(string Name, IReadOnlyList<long> Shape, string TypeName, bool IsReal)
{
    /// <summary>It is put together from single images.</summary>
    public bool IsOneAFrame { get; init; }
}
