namespace Fringe.Core.Values;

/// <summary>
/// A 3 x 3 matrix by its rows. It takes vectors of space to vectors of space, or, where its columns or rows belong to the axes of a volume,
/// steps along z, y, x to places in space and back.
/// </summary>
/// <param name="A">The first row.</param>
/// <param name="B">The second row.</param>
/// <param name="C">The third row.</param>
public readonly record struct Matrix3(Vector3D A, Vector3D B, Vector3D C)
{
    /// <summary>Leaves every vector as it is.</summary>
    public static Matrix3 Identity { get; } = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    /// <summary>The matrix with these columns.</summary>
    public static Matrix3 FromColumns(Vector3D a, Vector3D b, Vector3D c) =>
        new(new(a.X, b.X, c.X), new(a.Y, b.Y, c.Y), new(a.Z, b.Z, c.Z));

    /// <param name="elements">Nine, row after row, as files hold them.</param>
    /// <exception cref="ArgumentException">Not nine.</exception>
    public static Matrix3 FromRows(IReadOnlyList<double> elements) =>
        elements.Count == 9
            ? new(
                new(elements[0], elements[1], elements[2]),
                new(elements[3], elements[4], elements[5]),
                new(elements[6], elements[7], elements[8])
            )
            : throw new ArgumentException($"a matrix has 9 elements, not {elements.Count}", nameof(elements));

    /// <summary>The right-handed turn about an axis (Rodrigues).</summary>
    /// <param name="axis">Of length 1.</param>
    /// <param name="radians">Any angle.</param>
    public static Matrix3 Rotation(Vector3D axis, double radians)
    {
        (double sin, double cos) = Math.SinCos(radians);
        return FromColumns(Turned(new(1, 0, 0)), Turned(new(0, 1, 0)), Turned(new(0, 0, 1)));

        Vector3D Turned(Vector3D v) => (cos * v) + (sin * axis.Cross(v)) + ((1 - cos) * axis.Dot(v) * axis);
    }

    /// <summary>Column 0, 1 or 2.</summary>
    public Vector3D Column(int index) =>
        index switch
        {
            0 => new(A.X, B.X, C.X),
            1 => new(A.Y, B.Y, C.Y),
            2 => new(A.Z, B.Z, C.Z),
            _ => throw new ArgumentOutOfRangeException(nameof(index), index, "a matrix has the columns 0, 1 and 2"),
        };

    /// <summary>Rows become columns.</summary>
    public Matrix3 Transposed() => FromColumns(A, B, C);

    /// <summary>This matrix after another: <c>this other</c>.</summary>
    public Matrix3 Times(Matrix3 other) => new(other.Combined(A), other.Combined(B), other.Combined(C));

    /// <summary>Every element times a number.</summary>
    public Matrix3 Scaled(double factor) => new(factor * A, factor * B, factor * C);

    /// <summary>Every column times the number of its axis, for columns that belong to z, y, x.</summary>
    public Matrix3 WithColumnsScaled(Axes3<double> factors) =>
        FromColumns(factors.Z * Column(0), factors.Y * Column(1), factors.X * Column(2));

    /// <summary>The matrix times a vector.</summary>
    public Vector3D Apply(Vector3D vector) => new(A.Dot(vector), B.Dot(vector), C.Dot(vector));

    /// <summary>The place that steps along the axes lead to, for columns that belong to z, y, x.</summary>
    public Vector3D ToPlace(Axes3<double> steps) => Apply(new(steps.Z, steps.Y, steps.X));

    /// <summary>The steps along the axes that lead to a place, for rows that belong to z, y, x.</summary>
    public Axes3<double> ToSteps(Vector3D place)
    {
        Vector3D steps = Apply(place);
        return new(steps.X, steps.Y, steps.Z);
    }

    /// <summary>By cofactors.</summary>
    /// <exception cref="ArgumentException">Singular.</exception>
    public Matrix3 Inverse()
    {
        Matrix3 cofactors = new(
            new((B.Y * C.Z) - (B.Z * C.Y), (A.Z * C.Y) - (A.Y * C.Z), (A.Y * B.Z) - (A.Z * B.Y)),
            new((B.Z * C.X) - (B.X * C.Z), (A.X * C.Z) - (A.Z * C.X), (A.Z * B.X) - (A.X * B.Z)),
            new((B.X * C.Y) - (B.Y * C.X), (A.Y * C.X) - (A.X * C.Y), (A.X * B.Y) - (A.Y * B.X))
        );
        double determinant = A.Dot(cofactors.Column(0));
        return Math.Abs(determinant) > 0
            ? new(cofactors.A / determinant, cofactors.B / determinant, cofactors.C / determinant)
            : throw new ArgumentException("a singular matrix has no inverse");
    }

    /// <summary>The nine elements, row after row, as files hold them.</summary>
    public double[] ToArray() => [A.X, A.Y, A.Z, B.X, B.Y, B.Z, C.X, C.Y, C.Z];

    // A row times this matrix.
    private Vector3D Combined(Vector3D row) => (row.X * A) + (row.Y * B) + (row.Z * C);
}
