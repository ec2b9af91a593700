using Fringe.Core.Values;

namespace Fringe.Core.Strain;

/// <summary>Which neighbours of a voxel lie in the crystal. Axes 0, 1, 2 are z, y, x.</summary>
internal sealed class SupportGrid
{
    private readonly int[] strides;
    private readonly bool[] inside;

    /// <param name="inside"><c>[z, y, x]</c> in C order; not copied.</param>
    /// <param name="shape">Of the volume.</param>
    public SupportGrid(bool[] inside, Shape3 shape)
    {
        this.inside = inside;
        Shape = shape;
        strides = [shape.Height * shape.Width, shape.Width, 1];
    }

    public Shape3 Shape { get; }

    public int Count => inside.Length;

    public bool Contains(int voxel) => inside[voxel];

    /// <summary>The index along an axis.</summary>
    public int Place(int voxel, int axis) => voxel / strides[axis] % Shape[axis];

    /// <summary>The neighbour one step further along an axis, if both lie inside; else -1.</summary>
    public int After(int voxel, int axis)
    {
        int next = voxel + strides[axis];
        return inside[voxel] && Place(voxel, axis) < Shape[axis] - 1 && inside[next] ? next : -1;
    }

    /// <summary>The neighbour one step back along an axis, if both lie inside; else -1.</summary>
    public int Before(int voxel, int axis)
    {
        int previous = voxel - strides[axis];
        return inside[voxel] && Place(voxel, axis) > 0 && inside[previous] ? previous : -1;
    }

    /// <summary>Whether a voxel inside lacks one of its six neighbours.</summary>
    public bool IsSurface(int voxel) =>
        inside[voxel] && Enumerable.Range(0, 3).Any(axis => After(voxel, axis) < 0 || Before(voxel, axis) < 0);

    /// <summary>Whether one of a voxel's six neighbours lies inside.</summary>
    public bool HasNeighbour(int voxel)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            int place = Place(voxel, axis);
            if (
                (place > 0 && inside[voxel - strides[axis]])
                || (place < Shape[axis] - 1 && inside[voxel + strides[axis]])
            )
            {
                return true;
            }
        }

        return false;
    }
}
