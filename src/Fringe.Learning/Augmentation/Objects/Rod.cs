using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A rod with round ends: all that is no farther than a radius from a straight line about the origin.</summary>
/// <param name="direction">Along the rod, of length 1.</param>
/// <param name="length">From end to end, the round ends counted, voxels; at least twice the radius.</param>
/// <param name="radius">Voxels.</param>
internal sealed class Rod(Vector3D direction, double length, double radius) : CrystalShape
{
    private readonly double half = (length / 2) - radius;

    public override double Depth(Vector3D place)
    {
        double along = Math.Clamp(place.Dot(direction), -half, half);
        return radius - (place - (along * direction)).Length;
    }
}
