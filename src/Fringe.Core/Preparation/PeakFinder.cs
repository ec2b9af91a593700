namespace Fringe.Core.Preparation;

/// <summary>
/// The Bragg peak's place. The search sums square roots over 5x5x5 voxels, so that one voxel, however bright, weighs less
/// than a peak that is several voxels wide; the place is then the brightest 3x3x3 cube nearby.
/// </summary>
internal static class PeakFinder
{
    private const int SearchRadius = 2;

    /// <returns>Indices along rocking, row, column.</returns>
    public static int[] Find(WorkingStack stack)
    {
        int[] shape = stack.Shape;
        int pixels = shape[1] * shape[2];
        float[] coarse = new float[stack.Intensity.Length];
        FrameLoop.Run(
            shape[0],
            frame =>
            {
                for (int i = frame * pixels; i < (frame + 1) * pixels; i++)
                {
                    coarse[i] = MathF.Sqrt(stack.Intensity[i]);
                }
            }
        );
        BoxFilter.SumInPlace(coarse, shape, SearchRadius);
        int best = FrameLoop.Of(shape[0], frame => Largest(coarse, frame * pixels, pixels)).MaxBy(i => coarse[i]);
        int[] about = [best / (shape[1] * shape[2]), best / shape[2] % shape[1], best % shape[2]];
        double brightest = -1;
        int[] peak = about;
        foreach (int[] place in Cube(about, shape, SearchRadius))
        {
            double sum = Cube(place, shape, 1).Sum(near => (double)stack.Intensity[Index(near, shape)]);
            // Of equal cubes the one about the brighter voxel.
            double value = sum + (1e-3 * stack.Intensity[Index(place, shape)]);
            if (value > brightest)
            {
                (brightest, peak) = (value, place);
            }
        }

        return peak;
    }

    // The first of equals.
    private static int Largest(float[] values, int start, int count)
    {
        int largest = start;
        for (int i = start + 1; i < start + count; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }

    private static IEnumerable<int[]> Cube(int[] centre, int[] shape, int radius)
    {
        for (int z = Math.Max(0, centre[0] - radius); z <= Math.Min(shape[0] - 1, centre[0] + radius); z++)
        {
            for (int y = Math.Max(0, centre[1] - radius); y <= Math.Min(shape[1] - 1, centre[1] + radius); y++)
            {
                for (int x = Math.Max(0, centre[2] - radius); x <= Math.Min(shape[2] - 1, centre[2] + radius); x++)
                {
                    yield return [z, y, x];
                }
            }
        }
    }

    private static int Index(int[] place, int[] shape) => (((place[0] * shape[1]) + place[1]) * shape[2]) + place[2];
}
