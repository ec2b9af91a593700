namespace Fringe.Core.Volumes;

/// <summary>How far the true voxels of a volume reach.</summary>
/// <param name="First">First index that holds one along z, y, x; the length where there is none.</param>
/// <param name="Last">The last; -1 where there is none.</param>
public sealed record VoxelExtent(IReadOnlyList<int> First, IReadOnlyList<int> Last)
{
    private const double LeastSection = 0.01;

    /// <summary>Whether no voxel is true.</summary>
    public bool IsEmpty => Last[0] < 0;

    /// <summary>Indices from the first to the last along an axis.</summary>
    public int Length(int axis) => Last[axis] - First[axis] + 1;

    /// <param name="inside">C order <c>[z, y, x]</c>.</param>
    /// <param name="shape">Voxels along z, y, x.</param>
    public static VoxelExtent Of(ReadOnlySpan<bool> inside, IReadOnlyList<int> shape)
    {
        int[] first = [.. shape];
        int[] last = [-1, -1, -1];
        for (int z = 0; z < shape[0]; z++)
        {
            for (int y = 0; y < shape[1]; y++)
            {
                ReadOnlySpan<bool> row = inside.Slice(((z * shape[1]) + y) * shape[2], shape[2]);
                int from = row.IndexOf(true);
                if (from >= 0)
                {
                    (first[0], last[0]) = (Math.Min(first[0], z), z);
                    (first[1], last[1]) = (Math.Min(first[1], y), Math.Max(last[1], y));
                    (first[2], last[2]) = (Math.Min(first[2], from), Math.Max(last[2], row.LastIndexOf(true)));
                }
            }
        }

        return new VoxelExtent(first, last);
    }

    /// <summary>
    /// A crystal's: of the planes across each axis that hold a hundredth of the fullest's voxels. A corner of a few voxels does not count.
    /// </summary>
    /// <param name="inside">C order <c>[z, y, x]</c>.</param>
    /// <param name="shape">Voxels along z, y, x.</param>
    public static VoxelExtent OfSections(ReadOnlySpan<bool> inside, IReadOnlyList<int> shape)
    {
        long[][] filled = [new long[shape[0]], new long[shape[1]], new long[shape[2]]];
        for (int i = 0; i < inside.Length; i++)
        {
            if (inside[i])
            {
                filled[0][i / (shape[1] * shape[2])]++;
                filled[1][i / shape[2] % shape[1]]++;
                filled[2][i % shape[2]]++;
            }
        }

        int[] first = [.. filled.Select(planes => Array.FindIndex(planes, IsFilled(planes)))];
        int[] last = [.. filled.Select(planes => Array.FindLastIndex(planes, IsFilled(planes)))];
        return last[0] < 0 ? new VoxelExtent([.. shape], [-1, -1, -1]) : new VoxelExtent(first, last);

        Predicate<long> IsFilled(long[] planes)
        {
            double least = Math.Max(1, LeastSection * planes.Max());
            return count => count >= least;
        }
    }
}
