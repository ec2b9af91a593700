using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A part of the crystal whose lattice is shifted against the rest's, as a domain's, or turned and strained as well, as a grain's.</summary>
/// <param name="part">Where it is so.</param>
/// <param name="jump">By how much its phase is ahead, radians.</param>
/// <param name="slope">The phase ramp of a lattice turned and strained as a whole, radians a voxel; 0 for a domain.</param>
internal sealed class GrainPhase(CrystalShape part, double jump, Vector3D slope) : PhaseField
{
    public override double At(Vector3D place) => part.Depth(place) > 0 ? jump + slope.Dot(place) : 0;
}
