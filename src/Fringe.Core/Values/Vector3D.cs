namespace Fringe.Core.Values;

/// <summary>A vector in space: components along x, y, z of the frame that its name tells.</summary>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>The vector of length 1 along it.</summary>
    public Vector3D Unit => this / Length;

    public double Dot(Vector3D other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Right-handed.</summary>
    public Vector3D Cross(Vector3D other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    public static Vector3D operator +(Vector3D left, Vector3D right) =>
        new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static Vector3D operator -(Vector3D left, Vector3D right) =>
        new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    public static Vector3D operator *(double factor, Vector3D vector) =>
        new(factor * vector.X, factor * vector.Y, factor * vector.Z);

    public static Vector3D operator /(Vector3D vector, double divisor) =>
        new(vector.X / divisor, vector.Y / divisor, vector.Z / divisor);
}
