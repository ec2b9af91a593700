using Fringe.Imaging.Figures;

namespace Fringe.App.Terminal;

/// <summary>A row of what a finished run prints.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">As people read it.</param>
/// <param name="Unit">Empty for a number without one.</param>
internal sealed record ResultRow(string Name, string Value, string Unit)
{
    /// <summary>A figure of a result.</summary>
    public static ResultRow Of(FigureValue value) => new(value.Figure.Name, value.Text, value.Figure.Unit);

    /// <summary>A number that no file holds.</summary>
    public static ResultRow Of(string name, double value, string unit = "") =>
        new(name, NumberText.Figure(value), unit);
}
