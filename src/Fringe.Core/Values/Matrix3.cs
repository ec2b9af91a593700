namespace Fringe.Core.Values;

/// <summary>3 x 3 matrices, row-major.</summary>
public static class Matrix3
{
    /// <summary><c>a b</c>.</summary>
    public static double[] Multiply(double[] a, double[] b)
    {
        double[] product = new double[9];
        for (int i = 0; i < 9; i++)
        {
            product[i] = Enumerable.Range(0, 3).Sum(inner => a[(i / 3 * 3) + inner] * b[(3 * inner) + (i % 3)]);
        }

        return product;
    }

    /// <summary>By cofactors.</summary>
    /// <exception cref="ArgumentException">Singular.</exception>
    public static double[] Inverse(double[] m)
    {
        double[] cofactors =
        [
            (m[4] * m[8]) - (m[5] * m[7]),
            (m[2] * m[7]) - (m[1] * m[8]),
            (m[1] * m[5]) - (m[2] * m[4]),
            (m[5] * m[6]) - (m[3] * m[8]),
            (m[0] * m[8]) - (m[2] * m[6]),
            (m[2] * m[3]) - (m[0] * m[5]),
            (m[3] * m[7]) - (m[4] * m[6]),
            (m[1] * m[6]) - (m[0] * m[7]),
            (m[0] * m[4]) - (m[1] * m[3]),
        ];
        double determinant = (m[0] * cofactors[0]) + (m[1] * cofactors[3]) + (m[2] * cofactors[6]);
        return Math.Abs(determinant) > 0
            ? [.. cofactors.Select(value => value / determinant)]
            : throw new ArgumentException("a singular matrix has no inverse");
    }

    /// <summary>The matrix with these columns.</summary>
    public static double[] FromColumns(Vector3D a, Vector3D b, Vector3D c) =>
        [a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z];

    /// <summary>Column 0, 1 or 2.</summary>
    public static Vector3D Column(double[] m, int index) => new(m[index], m[3 + index], m[6 + index]);

    public static double[] Transpose(double[] m) => [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];

    /// <summary><c>m v</c>.</summary>
    public static Vector3D Apply(double[] m, Vector3D v) =>
        new(
            (m[0] * v.X) + (m[1] * v.Y) + (m[2] * v.Z),
            (m[3] * v.X) + (m[4] * v.Y) + (m[5] * v.Z),
            (m[6] * v.X) + (m[7] * v.Y) + (m[8] * v.Z)
        );

    /// <summary>The right-handed turn about an axis (Rodrigues).</summary>
    /// <param name="axis">Of length 1.</param>
    /// <param name="radians">Any angle.</param>
    public static double[] Rotation(Vector3D axis, double radians)
    {
        (double sin, double cos) = Math.SinCos(radians);
        return FromColumns(Turned(new(1, 0, 0)), Turned(new(0, 1, 0)), Turned(new(0, 0, 1)));

        Vector3D Turned(Vector3D v) => (cos * v) + (sin * axis.Cross(v)) + ((1 - cos) * axis.Dot(v) * axis);
    }
}
