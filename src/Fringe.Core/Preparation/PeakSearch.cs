namespace Fringe.Core.Preparation;

/// <summary>
/// A stack as the peak is looked for in it: saturated voxels are brighter than all others, the more so the deeper they lie among their like, and frames that were lost
/// hold the mean of those about them.
/// </summary>
internal static class PeakSearch
{
    // Brighter than the largest count by this share of it, a voxel deeper.
    private const float Rise = 0.1f;

    /// <summary>A copy with what is missing filled; null where nothing is.</summary>
    /// <param name="stack">Cleaned; left as it is.</param>
    /// <param name="saturated">Indices of the voxels that are saturated.</param>
    /// <param name="missing">Frames that are masked whole.</param>
    public static WorkingStack? Filled(WorkingStack stack, IReadOnlyList<int> saturated, IReadOnlyList<int> missing)
    {
        if (saturated.Count == 0 && missing.Count == 0)
        {
            return null;
        }

        WorkingStack filled = new([.. stack.Intensity], [.. stack.Mask], stack.Depth, stack.Height, stack.Width);
        FillSaturated(filled, saturated);
        foreach (int frame in missing)
        {
            FillFrame(filled, frame, missing);
        }

        return filled;
    }

    private static void FillSaturated(WorkingStack stack, IReadOnlyList<int> saturated)
    {
        float largest = stack.Intensity.Max();
        HashSet<int> left = [.. saturated];
        for (float depth = 1; left.Count > 0; depth += Rise)
        {
            foreach (int voxel in left)
            {
                stack.Mask[voxel] = false;
                stack.Intensity[voxel] = largest * depth;
            }

            // What has all its neighbours among the saturated lies deeper.
            HashSet<int> inner = [.. left.Where(voxel => Neighbours(stack, voxel).All(left.Contains))];
            if (inner.Count == left.Count)
            {
                return;
            }

            left = inner;
        }
    }

    private static IEnumerable<int> Neighbours(WorkingStack stack, int voxel)
    {
        int x = voxel % stack.Width;
        int y = voxel / stack.Width % stack.Height;
        int pixels = stack.Width * stack.Height;
        int z = voxel / pixels;
        return new[]
        {
            (IsIn: x > 0, At: voxel - 1),
            (IsIn: x < stack.Width - 1, At: voxel + 1),
            (IsIn: y > 0, At: voxel - stack.Width),
            (IsIn: y < stack.Height - 1, At: voxel + stack.Width),
            (IsIn: z > 0, At: voxel - pixels),
            (IsIn: z < stack.Depth - 1, At: voxel + pixels),
        }
            .Where(neighbour => neighbour.IsIn)
            .Select(neighbour => neighbour.At);
    }

    private static void FillFrame(WorkingStack stack, int frame, IReadOnlyList<int> missing)
    {
        int pixels = stack.Width * stack.Height;
        int before = frame - 1;
        int after = frame + 1;
        while (missing.Contains(before))
        {
            before--;
        }

        while (missing.Contains(after))
        {
            after++;
        }

        // At the ends of the curve nothing is known.
        if (before < 0 || after >= stack.Depth)
        {
            return;
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            (int low, int high) = ((before * pixels) + pixel, (after * pixels) + pixel);
            if (!stack.Mask[low] && !stack.Mask[high])
            {
                stack.Mask[(frame * pixels) + pixel] = false;
                stack.Intensity[(frame * pixels) + pixel] = (stack.Intensity[low] + stack.Intensity[high]) / 2;
            }
        }
    }
}
