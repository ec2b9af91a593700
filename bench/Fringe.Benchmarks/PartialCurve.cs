namespace Fringe.Benchmarks;

/// <summary>Quality against the share that was measured, for every way.</summary>
internal sealed class PartialCurve(string axis)
{
    public string Axis { get; } = axis;

    public List<double> Shares { get; } = [];

    public List<Spread[]> Rows { get; } = [];

    public void Add(double share, Spread[] row)
    {
        Shares.Add(share);
        Rows.Add(row);
    }
}
