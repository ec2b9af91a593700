namespace Fringe.Imaging.Figures;

/// <summary>A figure of one run, with how to print it; a number is never printed without its name.</summary>
public sealed record FigureValue
{
    internal FigureValue(Figure figure, double? value)
    {
        Figure = figure;
        Value = value is { } number && double.IsFinite(number) ? number : null;
        Digits = figure.Digits;
    }

    /// <summary>What it is.</summary>
    public Figure Figure { get; }

    /// <summary>In the figure's unit; null = not known.</summary>
    public double? Value { get; }

    /// <summary>Whether the value is the most that it can be: it is too small to be told.</summary>
    public bool IsLimit { get; init; }

    /// <summary>Significant digits for people, where this run has others than the figure.</summary>
    public int Digits { get; init; }

    /// <summary>What this run adds to the figure's meaning, in whole sentences; often empty.</summary>
    public string Remark { get; init; } = "";

    /// <summary>As people read it: "4 012", "&lt;= 2", "-" where it is not known.</summary>
    public string Text => Limit + NumberText.Figure(Value, Digits);

    /// <summary>As people read it, with its unit: "4 012 voxels".</summary>
    public string TextWithUnit => Limit + NumberText.WithUnit(Value, Figure.Unit, Digits);

    /// <summary>The figure's meaning, which way is better, and the remark.</summary>
    public string Explanation => Remark.Length == 0 ? Figure.Explanation : $"{Figure.Explanation} {Remark}";

    private string Limit => IsLimit ? "<= " : "";
}
