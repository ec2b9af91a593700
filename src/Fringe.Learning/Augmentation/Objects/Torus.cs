using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A ring about the origin.</summary>
/// <param name="axis">Square to the ring, of length 1.</param>
/// <param name="ring">Radius of the circle in the middle of the tube, voxels.</param>
/// <param name="tube">Radius of the tube, voxels; less than the ring's.</param>
internal sealed class Torus(Vector3D axis, double ring, double tube) : CrystalShape
{
    public override double Depth(Vector3D place)
    {
        double height = place.Dot(axis);
        double fromAxis = (place - (height * axis)).Length;
        return tube - Math.Sqrt(((fromAxis - ring) * (fromAxis - ring)) + (height * height));
    }
}
