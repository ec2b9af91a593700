using System.Collections;
using System.Runtime.CompilerServices;

namespace Fringe.Imaging.Figures;

/// <summary>The figures of a run by their identity, in the order in which people and files get them.</summary>
[CollectionBuilder(typeof(FigureSet), nameof(Create))]
public sealed class FigureSet : IReadOnlyCollection<FigureValue>
{
    private readonly FigureValue[] values;
    private readonly Dictionary<Figure, FigureValue> byFigure;

    private FigureSet(FigureValue[] values)
    {
        this.values = values;
        byFigure = new(values.Length);
        foreach (FigureValue value in values)
        {
            if (!byFigure.TryAdd(value.Figure, value))
            {
                throw new ArgumentException($"{value.Figure} is there twice");
            }
        }
    }

    /// <summary>How many there are, those that are not known among them.</summary>
    public int Count => values.Length;

    /// <summary>A figure's value; null where it is not known or not in the set.</summary>
    public double? this[Figure figure] => Find(figure)?.Value;

    /// <summary>Figures in their order; behind collection expressions.</summary>
    /// <exception cref="ArgumentException">One is there twice.</exception>
    public static FigureSet Create(ReadOnlySpan<FigureValue> values) => new(values.ToArray());

    /// <summary>Whether the run has the figure, known or not.</summary>
    public bool Contains(Figure figure) => byFigure.ContainsKey(figure);

    /// <summary>A figure with how to print it; null where it is not in the set.</summary>
    public FigureValue? Find(Figure figure) => byFigure.GetValueOrDefault(figure);

    /// <summary>Those of some figures that are known, in the order of these.</summary>
    public FigureSet Known(IEnumerable<Figure> figures) =>
        [.. figures.Select(Find).OfType<FigureValue>().Where(value => value.Value is not null)];

    public IEnumerator<FigureValue> GetEnumerator() => values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
