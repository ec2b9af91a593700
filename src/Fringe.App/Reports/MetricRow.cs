namespace Fringe.App.Reports;

/// <summary>A figure with everything a reader needs to understand it; a number is never printed without its name.</summary>
/// <param name="Key">Key in <c>metrics.json</c>.</param>
/// <param name="Name">Name for people: "free LLK".</param>
/// <param name="Value">Null or NaN where it was not computed.</param>
/// <param name="Unit">"voxels", "s", "nm" or empty.</param>
/// <param name="Meaning">One sentence: what it is and which way is better.</param>
internal sealed record MetricRow(string Key, string Name, double? Value, string Unit, string Meaning);
