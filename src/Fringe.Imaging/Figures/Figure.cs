using System.Text.RegularExpressions;
using Fringe.Core.Metrics;

namespace Fringe.Imaging.Figures;

/// <summary>
/// What a number of a result is: its name in files and for people, its unit and its meaning. One object stands behind JSON, CXI
/// file, report, page and terminal; all of them are in <see cref="FigureCatalog"/>.
/// </summary>
public sealed partial class Figure
{
    /// <param name="jsonName">See <see cref="JsonName"/>.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="meaning">See <see cref="Meaning"/>.</param>
    /// <exception cref="ArgumentException">The name for files is not in snake case.</exception>
    internal Figure(string jsonName, string name, string meaning)
    {
        if (!SnakeCase().IsMatch(jsonName))
        {
            throw new ArgumentException($"\"{jsonName}\" is not in snake case");
        }

        JsonName = jsonName;
        Name = name;
        Meaning = meaning;
    }

    /// <summary>Name in JSON and CXI files, on which scripts rely: "free_llk".</summary>
    public string JsonName { get; }

    /// <summary>Name for people: "free log-likelihood".</summary>
    public string Name { get; }

    /// <summary>What it is, in a sentence that needs no other to be understood.</summary>
    public string Meaning { get; }

    /// <summary>"voxels", "s", "nm", or empty for a number without one.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Significant digits for people.</summary>
    public int Digits { get; init; } = 3;

    /// <summary>Which way is better, where one is.</summary>
    public Better Better { get; init; }

    /// <summary>The name with the unit, for tables whose cells hold numbers alone.</summary>
    public string Label => Unit.Length == 0 ? Name : $"{Name} ({Unit})";

    /// <summary>Its meaning and which way is better.</summary>
    public string Explanation =>
        Better switch
        {
            Better.Lower => $"{Meaning} Lower is better.",
            Better.Higher => $"{Meaning} Higher is better.",
            _ => Meaning,
        };

    /// <summary>A value of it.</summary>
    /// <param name="value">null, NaN or infinite = not known.</param>
    public FigureValue Of(double? value) => new(this, value);

    /// <summary>The full period at which a curve falls to a level, or at most the sampling's limit.</summary>
    /// <param name="curve">null = not known.</param>
    /// <param name="level">As in <see cref="ShellCurve.Resolution"/>.</param>
    /// <param name="voxel">Edge of a voxel in the figure's unit.</param>
    public FigureValue OfResolution(ShellCurve? curve, double level, double voxel) =>
        new(this, curve?.ResolutionOrLimit(level) * voxel)
        {
            IsLimit = curve is not null && curve.Resolution(level) is null,
        };

    /// <summary>The name for files.</summary>
    public override string ToString() => JsonName;

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
