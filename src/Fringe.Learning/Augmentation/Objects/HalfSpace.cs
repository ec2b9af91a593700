using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>All that lies on one side of a plane: a part of a crystal beyond a wall.</summary>
/// <param name="normal">Square to the plane, away from the part, of length 1.</param>
/// <param name="distance">Of the plane from the origin along the normal, voxels.</param>
internal sealed class HalfSpace(Vector3D normal, double distance) : CrystalShape
{
    public override double Depth(Vector3D place) => distance - place.Dot(normal);
}
