namespace Fringe.Core.Preparation;

/// <summary>
/// Single pixels that are far brighter than all eight neighbours in their frame. An oversampled peak never is: even at an
/// oversampling ratio of 1.5 the pixel beside the brightest has a sixth of its counts.
/// </summary>
internal static class HotPixels
{
    private const float Ratio = 10;
    private const float LeastCounts = 20;

    /// <summary>Masks them in place.</summary>
    /// <returns>How many voxels.</returns>
    public static int Mask(WorkingStack stack)
    {
        int[] masked = FrameLoop.Of(stack.Depth, frame => MaskInFrame(stack, frame));
        return masked.Sum();
    }

    private static int MaskInFrame(WorkingStack stack, int frame)
    {
        int pixels = stack.Height * stack.Width;
        List<int> hot = [];
        for (int i = frame * pixels; i < (frame + 1) * pixels; i++)
        {
            float value = stack.Intensity[i];
            if (value >= LeastCounts && value > (Ratio * BrightestNeighbour(stack, i)) + LeastCounts)
            {
                hot.Add(i);
            }
        }

        hot.ForEach(stack.MaskOut);
        return hot.Count;
    }

    private static float BrightestNeighbour(WorkingStack stack, int index)
    {
        int x = index % stack.Width;
        int y = index / stack.Width % stack.Height;
        int frame = index - (y * stack.Width) - x;
        float brightest = 0;
        for (int row = Math.Max(0, y - 1); row <= Math.Min(stack.Height - 1, y + 1); row++)
        {
            for (int column = Math.Max(0, x - 1); column <= Math.Min(stack.Width - 1, x + 1); column++)
            {
                if (row != y || column != x)
                {
                    brightest = Math.Max(brightest, stack.Intensity[frame + (row * stack.Width) + column]);
                }
            }
        }

        return brightest;
    }
}
