using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>An ellipsoid about the origin; a sphere where its axes are equal.</summary>
/// <param name="semiAxes">Half its length along its own axes, voxels.</param>
/// <param name="axes">Its own axes are the columns, orthonormal.</param>
internal sealed class Ellipsoid(Vector3D semiAxes, Matrix3 axes) : CrystalShape
{
    private readonly Matrix3 toOwn = axes.Transposed();

    /// <summary>A sphere.</summary>
    /// <param name="radius">Voxels.</param>
    public static Ellipsoid Sphere(double radius) => new(new Vector3D(radius, radius, radius), Matrix3.Identity);

    // With f = |(x/a, y/b, z/c)| the surface is f = 1, and the distance to it is (1 - f) / |grad f| to first order.
    public override double Depth(Vector3D place)
    {
        Vector3D own = toOwn.Apply(place);
        Vector3D scaled = new(own.X / semiAxes.X, own.Y / semiAxes.Y, own.Z / semiAxes.Z);
        double f = scaled.Length;
        double slope = new Vector3D(scaled.X / semiAxes.X, scaled.Y / semiAxes.Y, scaled.Z / semiAxes.Z).Length;
        return slope > 0 ? (1 - f) * f / slope : Math.Min(semiAxes.X, Math.Min(semiAxes.Y, semiAxes.Z));
    }
}
