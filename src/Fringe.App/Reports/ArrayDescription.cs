namespace Fringe.App.Reports;

/// <summary>One array in a file.</summary>
/// <param name="Dataset">Its path or name; empty where a file holds one array without a name.</param>
/// <param name="Shape">Lengths of its axes.</param>
/// <param name="Type">Element type: "int32", "float32", "complex64".</param>
/// <param name="SizeBytes">Size of the data once unpacked.</param>
/// <param name="Filters">"bitshuffle, LZ4" or empty.</param>
internal sealed record ArrayDescription(
    string Dataset,
    IReadOnlyList<long> Shape,
    string Type,
    long SizeBytes,
    string Filters
);
