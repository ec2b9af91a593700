using System.Collections;
using Fringe.Core.Values;

namespace Fringe.Imaging.Figures;

/// <summary>
/// A figure along each of three axes, in the order in which its values come: z, y, x of a volume or x, y, z of space.
/// </summary>
public sealed class AxisFigures : IReadOnlyList<Figure>
{
    private readonly string axes;
    private readonly Figure[] figures;

    private AxisFigures(string axes, Func<char, Figure> figure)
    {
        this.axes = axes;
        figures = [.. axes.Select(figure)];
    }

    public int Count => figures.Length;

    public Figure this[int index] => figures[index];

    /// <summary>The values along the axes.</summary>
    /// <param name="values">Three, in the order of the axes.</param>
    public IEnumerable<FigureValue> Of(IEnumerable<double> values) =>
        figures.Zip(values, (figure, value) => figure.Of(value));

    /// <summary>The values along the axes, whatever the order of these.</summary>
    /// <param name="values">By the name of their axis.</param>
    public IEnumerable<FigureValue> Of(Axes3<double> values) =>
        figures.Zip(
            axes,
            (figure, axis) =>
                figure.Of(
                    axis == 'z' ? values.Z
                    : axis == 'y' ? values.Y
                    : values.X
                )
        );

    public IEnumerator<Figure> GetEnumerator() => figures.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Along z, y, x of a volume.</summary>
    /// <param name="figure">The figure along the axis with this letter.</param>
    internal static AxisFigures OfVolume(Func<char, Figure> figure) => new("zyx", figure);

    /// <summary>Along x, y, z of space.</summary>
    /// <param name="figure">The figure along the axis with this letter.</param>
    internal static AxisFigures OfSpace(Func<char, Figure> figure) => new("xyz", figure);
}
