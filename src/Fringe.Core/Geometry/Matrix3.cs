namespace Fringe.Core.Geometry;

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
}
