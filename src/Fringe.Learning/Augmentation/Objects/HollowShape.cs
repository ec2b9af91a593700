using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A body with a cavity.</summary>
/// <param name="outer">The body without it.</param>
/// <param name="cavity">What is missing of it.</param>
internal sealed class HollowShape(CrystalShape outer, CrystalShape cavity) : CrystalShape
{
    public override double Depth(Vector3D place) => Math.Min(outer.Depth(place), -cavity.Depth(place));
}
