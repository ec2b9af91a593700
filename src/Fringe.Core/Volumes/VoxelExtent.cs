namespace Fringe.Core.Volumes;

/// <summary>How far the true voxels of a volume reach.</summary>
/// <param name="First">First index that holds one along z, y, x; the length where there is none.</param>
/// <param name="Last">The last; -1 where there is none.</param>
public sealed record VoxelExtent(IReadOnlyList<int> First, IReadOnlyList<int> Last)
{
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
}
