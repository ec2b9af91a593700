namespace Fringe.Imaging.Files;

/// <summary>What a result's files say of the run beside what the result knows itself.</summary>
/// <param name="CommandLine">That asked for it; empty where none did.</param>
/// <param name="Date">When it ended.</param>
/// <param name="Notes">The result's notes, with options by the names that their reader knows.</param>
public sealed record RunRecord(string CommandLine, DateTimeOffset Date, IReadOnlyList<string> Notes);
