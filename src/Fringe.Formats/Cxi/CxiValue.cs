namespace Fringe.Formats.Cxi;

/// <summary>A named number or text within a CXI file.</summary>
public sealed record CxiValue
{
    private CxiValue(string name, object value, string? unit)
    {
        Name = name;
        Value = value;
        Unit = unit;
    }

    /// <summary>Name of the dataset: no slash.</summary>
    public string Name { get; }

    /// <summary>Written to the <c>units</c> attribute; null leaves it out.</summary>
    public string? Unit { get; }

    /// <summary>The number; null for a text.</summary>
    public double? Number =>
        Value switch
        {
            double number => number,
            long count => count,
            _ => null,
        };

    /// <summary>The text; null for a number.</summary>
    public string? Text => Value as string;

    // double, long or string: what HDF5 writes as a scalar.
    internal object Value { get; }

    public static CxiValue Of(string name, double value, string? unit = null) => new(name, value, unit);

    public static CxiValue Of(string name, long value, string? unit = null) => new(name, value, unit);

    public static CxiValue Of(string name, string value) => new(name, value, null);
}
