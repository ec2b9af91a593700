namespace Fringe.App.Reports;

/// <summary>One line of where a result comes from, such as "program version" or "SHA-256 of the input".</summary>
internal sealed record ProvenanceRow(string Name, string Value);
