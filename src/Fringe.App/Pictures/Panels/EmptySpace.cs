namespace Fringe.App.Pictures.Panels;

/// <summary>
/// How far a place in a volume is from the nearest cell between eight voxels of which one is dense: rays pass through what lies between in
/// one step.
/// </summary>
internal sealed class EmptySpace
{
    private readonly byte[] distances;
    private readonly int[] cells;

    /// <param name="values">C order <c>[z, y, x]</c>.</param>
    /// <param name="shape">Lengths of z, y, x.</param>
    /// <param name="dense">Values from which a voxel is dense.</param>
    public EmptySpace(float[] values, IReadOnlyList<int> shape, double dense)
    {
        cells = [.. shape.Select(length => length - 1)];
        distances = cells.All(length => length > 0) ? Seeds(values, cells, dense) : [];
        Spread(forwards: true);
        Spread(forwards: false);
    }

    /// <summary>Cells from here to the nearest that is not empty, at the least and along the axis on which it is farthest; 0 = this one.</summary>
    /// <param name="i">Index along x of the cell; it may lie outside.</param>
    /// <param name="j">Along y.</param>
    /// <param name="k">Along z.</param>
    public int From(int i, int j, int k)
    {
        if (distances.Length == 0)
        {
            return byte.MaxValue;
        }

        // Beyond a face it is farther than from that face.
        int x = Math.Clamp(i, 0, cells[2] - 1);
        int y = Math.Clamp(j, 0, cells[1] - 1);
        int z = Math.Clamp(k, 0, cells[0] - 1);
        int found = distances[(((z * cells[1]) + y) * cells[2]) + x];
        return (x, y, z) == (i, j, k) ? found : Math.Max(found, 1);
    }

    private static byte[] Seeds(float[] values, int[] cells, double dense)
    {
        byte[] seeds = new byte[cells[0] * cells[1] * cells[2]];
        Array.Fill(seeds, byte.MaxValue);
        (int height, int width) = (cells[1] + 1, cells[2] + 1);
        for (int voxel = 0; voxel < values.Length; voxel++)
        {
            if (values[voxel] < dense)
            {
                continue;
            }

            (int z, int y, int x) = (voxel / width / height, voxel / width % height, voxel % width);
            for (int corner = 0; corner < 8; corner++)
            {
                (int k, int j, int i) = (z - (corner >> 2), y - ((corner >> 1) & 1), x - (corner & 1));
                if (k >= 0 && k < cells[0] && j >= 0 && j < cells[1] && i >= 0 && i < cells[2])
                {
                    seeds[(((k * cells[1]) + j) * cells[2]) + i] = 0;
                }
            }
        }

        return seeds;
    }

    // A cell is one farther than its nearest neighbour, of those that were visited before it.
    private void Spread(bool forwards)
    {
        int step = forwards ? -1 : 1;
        for (int turn = 0; turn < distances.Length; turn++)
        {
            int cell = forwards ? turn : distances.Length - 1 - turn;
            int least = distances[cell];
            if (least < 2)
            {
                continue;
            }

            (int z, int y, int x) = (cell / cells[2] / cells[1], cell / cells[2] % cells[1], cell % cells[2]);
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    least = Math.Min(least, Near(z + step, y + dy, x + dx) + 1);
                }
            }

            for (int dx = -1; dx <= 1; dx++)
            {
                least = Math.Min(least, Near(z, y + step, x + dx) + 1);
            }

            least = Math.Min(least, Near(z, y, x + step) + 1);
            distances[cell] = (byte)least;
        }
    }

    private int Near(int k, int j, int i) =>
        k >= 0 && k < cells[0] && j >= 0 && j < cells[1] && i >= 0 && i < cells[2]
            ? distances[(((k * cells[1]) + j) * cells[2]) + i]
            : byte.MaxValue - 1;
}
