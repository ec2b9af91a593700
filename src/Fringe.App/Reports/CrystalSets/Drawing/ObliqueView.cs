namespace Fringe.App.Reports.CrystalSets.Drawing;

/// <summary>
/// The direction from which crystals are looked at: from above, in front and a little from the right, without perspective.
/// The crystal's x axis points right, z upwards.
/// </summary>
internal static class ObliqueView
{
    /// <summary>Towards the eye (x, y, z).</summary>
    public static readonly double[] Eye = Unit([0.5, -1, 0.62]);

    /// <summary>To the right on the picture.</summary>
    public static readonly double[] Right = Unit(Cross([0, 0, 1], Eye));

    /// <summary>Upwards on the picture.</summary>
    public static readonly double[] Up = Cross(Eye, Right);

    /// <summary>Towards the lamp: left, above and in front.</summary>
    public static readonly double[] Lamp = Unit([
        .. Enumerable.Range(0, 3).Select(i => (-0.55 * Right[i]) + (0.75 * Up[i]) + (0.75 * Eye[i])),
    ]);

    public static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    public static double[] Unit(double[] vector)
    {
        double length = Math.Sqrt(Dot(vector, vector));
        return [.. vector.Select(value => value / length)];
    }

    private static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];
}
