namespace Fringe.Imaging.Comparison;

/// <summary>A figure of every way, with what a reader needs to understand it.</summary>
/// <param name="Key">Key below each way in <c>compare.json</c>.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Unit">"voxels", "s" or empty.</param>
/// <param name="Meaning">What it is and which way is better.</param>
/// <param name="Values">In the order of the ways; null where there is none.</param>
internal sealed record CompareFigure(
    string Key,
    string Name,
    string Unit,
    string Meaning,
    IReadOnlyList<double?> Values
)
{
    /// <summary>The name with the unit, for tables whose cells hold numbers alone.</summary>
    public string Label => Unit.Length == 0 ? Name : $"{Name} ({Unit})";
}
