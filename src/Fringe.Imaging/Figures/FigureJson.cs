namespace Fringe.Imaging.Figures;

/// <summary>Figures as JSON: flat, a name and a number each; null = not known, counts as whole numbers.</summary>
public static class FigureJson
{
    /// <summary>The figures in their order, ready to be serialised.</summary>
    public static Dictionary<string, object?> Of(FigureSet figures)
    {
        Dictionary<string, object?> json = new(figures.Count);
        Add(figures, json);
        return json;
    }

    /// <summary>Adds figures behind what is there.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public static void Add(FigureSet figures, IDictionary<string, object?> json)
    {
        foreach (FigureValue value in figures)
        {
            json.Add(value.Figure.JsonName, Number(value.Value));
        }
    }

    private static object? Number(double? value) =>
        value is { } number && number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (long)number : value;
}
