namespace Fringe.App.Reports.Drawing;

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
        int[] low = [.. shape];
        int[] high = [-1, -1, -1];
        long index = 0;
        for (int z = 0; z < shape[0]; z++)
        {
            for (int y = 0; y < shape[1]; y++)
            {
                for (int x = 0; x < shape[2]; x++, index++)
                {
                    if (support[index])
                    {
                        (low[0], high[0]) = (Math.Min(low[0], z), Math.Max(high[0], z));
                        (low[1], high[1]) = (Math.Min(low[1], y), Math.Max(high[1], y));
                        (low[2], high[2]) = (Math.Min(low[2], x), Math.Max(high[2], x));
                    }
                }
            }
        }

        if (high[0] < 0)
        {
            return Whole(shape);
        }

        int[] start = new int[3];
        int[] count = new int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            int margin = Math.Max(2, (high[axis] - low[axis] + 1) / 6);
            start[axis] = Math.Max(0, low[axis] - margin);
            count[axis] = Math.Min(shape[axis], high[axis] + margin + 1) - start[axis];
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
