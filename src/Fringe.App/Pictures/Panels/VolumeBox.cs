using Fringe.Core.Volumes;

namespace Fringe.App.Pictures.Panels;

/// <summary>A window of a volume: first index and length along z, y, x.</summary>
internal sealed record VolumeBox(int[] Start, int[] Count)
{
    public static VolumeBox Whole(int[] shape) => new([0, 0, 0], [.. shape]);

    /// <summary>
    /// The bounding box of the true voxels with a margin of a sixth of its length (at least two voxels) on each side; the
    /// whole volume where none is true.
    /// </summary>
    public static VolumeBox Around(bool[] support, int[] shape)
    {
        VoxelExtent extent = VoxelExtent.Of(support, shape);
        if (extent.IsEmpty)
        {
            return Whole(shape);
        }

        int[] start = new int[3];
        int[] count = new int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            int margin = Math.Max(2, extent.Length(axis) / 6);
            start[axis] = Math.Max(0, extent.First[axis] - margin);
            count[axis] = Math.Min(shape[axis], extent.Last[axis] + margin + 1) - start[axis];
        }

        return new VolumeBox(start, count);
    }

    /// <summary>The volume's centre N/2 where the box holds it, else the box's own centre.</summary>
    public int Centre(int axis, int[] shape)
    {
        int centre = shape[axis] / 2;
        return centre >= Start[axis] && centre < Start[axis] + Count[axis] ? centre : Start[axis] + (Count[axis] / 2);
    }
}
