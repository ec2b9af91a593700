using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A body about the origin, told by how deep a place lies in it. Places and lengths are in voxels of the object.</summary>
internal abstract class CrystalShape
{
    /// <summary>How far a place lies below the nearest surface, voxels: negative outside, and right to first order at the surface.</summary>
    /// <param name="place">x, y, z from the origin, voxels.</param>
    public abstract double Depth(Vector3D place);

    /// <summary>How far the body reaches along each axis, sections of fewer than a hundredth of the fullest's area not counted.</summary>
    /// <param name="reach">No part of it is farther than this from the origin along an axis, voxels.</param>
    /// <returns>Along z, y, x, voxels; good to half a voxel at either end.</returns>
    public Axes3<double> Extent(double reach)
    {
        const double step = 0.5;
        int half = (int)Math.Ceiling(reach / step);
        int edge = (2 * half) + 1;
        bool[] inside = new bool[edge * edge * edge];
        for (int i = 0; i < inside.Length; i++)
        {
            (int z, int y, int x) = (i / (edge * edge), i / edge % edge, i % edge);
            inside[i] = Depth(step * new Vector3D(x - half, y - half, z - half)) > 0;
        }

        VoxelExtent extent = VoxelExtent.OfSections(inside, [edge, edge, edge]);
        return new Axes3<int>(0, 1, 2).Select(axis => step * extent.Length(axis));
    }
}
