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
    /// <param name="faults">Frames, and parts of them, that were lost.</param>
    public static WorkingStack? Filled(WorkingStack stack, IReadOnlyList<int> saturated, FrameFaults faults)
    {
        LostPart[] missing =
        [
            .. faults.All.Select(frame => new LostPart(frame, 0, stack.Height, 0, stack.Width)),
            .. faults.Parts,
        ];
        if (saturated.Count == 0 && missing.Length == 0)
        {
            return null;
        }

        WorkingStack filled = new([.. stack.Intensity], [.. stack.Mask], stack.Depth, stack.Height, stack.Width);
        FillSaturated(filled, saturated);
        bool[] masked = [.. filled.Mask];
        foreach (LostPart part in missing)
        {
            FillPart(filled, masked, part);
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

    // The mean of the nearest frames before and after that measured the pixel, as bright as the rest of the frame is beside theirs; at the ends of the curve nothing is known.
    private static void FillPart(WorkingStack stack, bool[] masked, LostPart part)
    {
        int pixels = stack.Width * stack.Height;
        double[] scales = new double[stack.Depth];
        for (int row = part.FirstRow; row < part.FirstRow + part.Rows; row++)
        {
            for (int column = part.FirstColumn; column < part.FirstColumn + part.Columns; column++)
            {
                int at = (part.Frame * pixels) + (row * stack.Width) + column;
                (int low, int high) = (at, at);
                while (low >= 0 && masked[low])
                {
                    low -= pixels;
                }

                while (high < masked.Length && masked[high])
                {
                    high += pixels;
                }

                if (low >= 0 && high < masked.Length)
                {
                    stack.Mask[at] = false;
                    stack.Intensity[at] = (Scaled(low) + Scaled(high)) / 2;
                }
            }
        }

        float Scaled(int index)
        {
            int frame = index / pixels;
            scales[frame] = scales[frame] > 0 ? scales[frame] : Scale(stack, masked, part.Frame, frame);
            return (float)(scales[frame] * stack.Intensity[index]);
        }
    }

    // How bright a frame is beside another one, by the pixels that both measured; 1 where there are none.
    private static double Scale(WorkingStack stack, bool[] masked, int frame, int other)
    {
        int pixels = stack.Width * stack.Height;
        (double own, double others) = (0, 0);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            if (!masked[(frame * pixels) + pixel] && !masked[(other * pixels) + pixel])
            {
                own += stack.Intensity[(frame * pixels) + pixel];
                others += stack.Intensity[(other * pixels) + pixel];
            }
        }

        return own > 0 && others > 0 ? own / others : 1;
    }
}
