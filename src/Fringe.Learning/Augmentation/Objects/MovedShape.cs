using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A body elsewhere than about the origin.</summary>
/// <param name="shape">The body about the origin.</param>
/// <param name="by">Where its middle is, voxels.</param>
internal sealed class MovedShape(CrystalShape shape, Vector3D by) : CrystalShape
{
    public override double Depth(Vector3D place) => shape.Depth(place - by);
}
