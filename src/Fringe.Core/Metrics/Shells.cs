namespace Fringe.Core.Metrics;

/// <summary>Shells of equal spatial frequency, in cycles per voxel along each axis, in a centred volume.</summary>
/// <param name="shape">Along z, y, x.</param>
internal sealed class Shells(int[] shape)
{
    /// <summary>How many there are up to the Nyquist frequency along an axis.</summary>
    public int Count { get; } = shape.Max() / 2;

    /// <summary>The shell of a voxel, by its index in C order; <see cref="Count"/> or more beyond the Nyquist frequency.</summary>
    public int Of(int index) => (int)(2 * Count * Radius(index));

    /// <summary>A value for each shell that has one.</summary>
    public ShellCurve Curve(Func<int, bool> hasValue, Func<int, double> value)
    {
        int[] filled = [.. Enumerable.Range(0, Count).Where(hasValue)];
        return new ShellCurve([.. filled.Select(shell => (shell + 0.5) / (2 * Count))], [.. filled.Select(value)]);
    }

    private double Radius(int index)
    {
        double z = ((index / (shape[1] * shape[2])) - (shape[0] / 2)) / (double)shape[0];
        double y = ((index / shape[2] % shape[1]) - (shape[1] / 2)) / (double)shape[1];
        double x = ((index % shape[2]) - (shape[2] / 2)) / (double)shape[2];
        return Math.Sqrt((z * z) + (y * y) + (x * x));
    }
}
