using Fringe.Core.Metrics;

namespace Fringe.Imaging.Figures;

/// <summary>A figure with everything a reader needs to understand it; a number is never printed without its name.</summary>
/// <param name="Key">Key in <c>metrics.json</c>.</param>
/// <param name="Name">Name for people: "free LLK".</param>
/// <param name="Value">Null or NaN where it was not computed.</param>
/// <param name="Unit">"voxels", "s", "nm" or empty.</param>
/// <param name="Meaning">One sentence: what it is and which way is better.</param>
internal sealed record MetricRow(string Key, string Name, double? Value, string Unit, string Meaning)
{
    /// <summary>Significant digits, where three are too few.</summary>
    public int Digits { get; init; } = 3;

    /// <summary>Whether the value is the most that it can be: it is too small to be told.</summary>
    public bool IsLimit { get; init; }

    /// <summary>The value as people read it.</summary>
    public string Figure => (IsLimit ? "<= " : "") + NumberText.Figure(Value, Digits);

    /// <summary>The same with its unit.</summary>
    public string FigureWithUnit => (IsLimit ? "<= " : "") + NumberText.WithUnit(Value, Unit, Digits);

    /// <summary>The full period at which a curve falls to a level, or at most the sampling's limit.</summary>
    /// <param name="key">See <see cref="Key"/>.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="curve">null = not known.</param>
    /// <param name="level">As in <see cref="ShellCurve.Resolution"/>.</param>
    /// <param name="voxel">Edge of a voxel in the unit.</param>
    /// <param name="unit">See <see cref="Unit"/>.</param>
    /// <param name="meaning">See <see cref="Meaning"/>.</param>
    public static MetricRow Resolution(
        string key,
        string name,
        ShellCurve? curve,
        double level,
        double voxel,
        string unit,
        string meaning
    ) =>
        new(key, name, curve?.ResolutionOrLimit(level) * voxel, unit, meaning)
        {
            IsLimit = curve is not null && curve.Resolution(level) is null,
        };
}
