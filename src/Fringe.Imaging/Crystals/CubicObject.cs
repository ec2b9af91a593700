using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Imaging.Crystals;

/// <summary>An object on cubic voxels in a frame of its own: managed data.</summary>
/// <param name="Object">complex64 <c>[z, y, x]</c>.</param>
/// <param name="Support">true inside; of its length, C order.</param>
/// <param name="VoxelNanometres">Edge of the voxels.</param>
/// <param name="Frame">Along whose axes they stand.</param>
/// <param name="FromLaboratory">Takes a vector of the laboratory frame to this frame.</param>
public sealed record CubicObject(
    ComplexVolume Object,
    bool[] Support,
    double VoxelNanometres,
    ObjectFrame Frame,
    Matrix3 FromLaboratory
)
{
    /// <param name="resampled">Borrowed.</param>
    internal static CubicObject Of(OrthogonalObject resampled) =>
        new(
            resampled.Object.ToComplexVolume(),
            resampled.Support.ToBooleans(),
            resampled.VoxelNanometres,
            resampled.Frame,
            resampled.FromLaboratory
        );
}
