using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A phase of the object, <c>-G.u</c>, at every place. Places are in voxels of the object about its middle.</summary>
internal abstract class PhaseField
{
    /// <summary>The phase, radians.</summary>
    /// <param name="place">x, y, z from the middle, voxels.</param>
    public abstract double At(Vector3D place);
}
