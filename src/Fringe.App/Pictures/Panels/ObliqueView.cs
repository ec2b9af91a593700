namespace Fringe.App.Pictures.Panels;

/// <summary>A direction from which crystals are looked at, without perspective; the lamp at the upper left.</summary>
internal sealed class ObliqueView
{
    private ObliqueView(double[] eye, double[] upwards)
    {
        Eye = Unit(eye);
        Right = Unit(Cross(upwards, Eye));
        Up = Cross(Eye, Right);
        Lamp = Unit([.. Enumerable.Range(0, 3).Select(i => (-0.55 * Right[i]) + (0.75 * Up[i]) + (0.75 * Eye[i]))]);
    }

    /// <summary>From above, in front and a little from the right: the x axis points right, z up.</summary>
    public static ObliqueView Front { get; } = new([0.5, -1, 0.62], [0, 0, 1]);

    /// <summary>From the opposite side, below: what <see cref="Front"/> hides.</summary>
    public static ObliqueView Back { get; } = new([-0.5, 1, -0.62], [0, 0, 1]);

    /// <summary>From upstream, above and a little from the side: y up, the x axis points left, z into the picture.</summary>
    public static ObliqueView Upstream { get; } = new([0.5, 0.62, -1], [0, 1, 0]);

    /// <summary>From the opposite side, below: what <see cref="Upstream"/> hides.</summary>
    public static ObliqueView Downstream { get; } = new([-0.5, -0.62, 1], [0, 1, 0]);

    /// <summary>Towards the eye (x, y, z).</summary>
    public double[] Eye { get; }

    /// <summary>To the right on the picture.</summary>
    public double[] Right { get; }

    /// <summary>Upwards on the picture.</summary>
    public double[] Up { get; }

    /// <summary>Towards the lamp: left, above and in front.</summary>
    public double[] Lamp { get; }

    public static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    public static double[] Unit(double[] vector)
    {
        double length = Math.Sqrt(Dot(vector, vector));
        return [vector[0] / length, vector[1] / length, vector[2] / length];
    }

    private static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];
}
