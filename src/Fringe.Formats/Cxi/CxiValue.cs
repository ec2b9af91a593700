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

    // double, long or string: what HDF5 writes as a scalar.
    internal object Value { get; }

    public static CxiValue Of(string name, double value, string? unit = null) => new(name, value, unit);

    public static CxiValue Of(string name, long value, string? unit = null) => new(name, value, unit);

    public static CxiValue Of(string name, string value) => new(name, value, null);
}
