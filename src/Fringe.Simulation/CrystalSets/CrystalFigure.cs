namespace Fringe.Simulation.CrystalSets;

/// <summary>A property that each crystal of a set has, with its distribution.</summary>
/// <param name="Key">Name in <c>report.json</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">"nm", "rad" ..., "" for a number.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Values">At least one, in the crystals' order.</param>
/// <param name="IsClamped">For each value whether its crystal is clamped; empty where that is not known.</param>
public sealed record CrystalFigure(
    string Key,
    string Name,
    string Unit,
    string Meaning,
    IReadOnlyList<double> Values,
    IReadOnlyList<bool> IsClamped
)
{
    /// <summary>Whether a reader looks at it first.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>Whether the values are counts.</summary>
    public bool IsWhole => Values.All(value => value == Math.Floor(value));

    public double Least => Values.Min();

    public double Most => Values.Max();

    /// <summary>Half of the values lie below; the mean of the two in the middle of an even number.</summary>
    public double Median => Quantile(0.5);

    /// <summary>"strain left (%)".</summary>
    public string Label => Unit.Length == 0 ? Name : $"{Name} ({Unit})";

    /// <summary>The value below which a share of the values lies, interpolated.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        double[] sorted = [.. Values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
