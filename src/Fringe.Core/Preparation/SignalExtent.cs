using Fringe.Core.Diffraction;

namespace Fringe.Core.Preparation;

/// <summary>
/// The shape that keeps the signal: about the peak, on each axis, far enough to hold nearly all voxels whose
/// neighbourhood has more counts than the background explains, and no longer than the data.
/// </summary>
internal static class SignalExtent
{
    // The share of the signal's voxels to hold: the first whose volume is phased in about a minute, or the last.
    private static readonly double[] KeptShares = [0.99, 0.98, 0.95, 0.9];
    private const long ManyVoxels = 4_000_000;
    private const double Significance = 6;
    private const int LeastLength = 32;

    /// <param name="stack">Background removed, hot pixels masked.</param>
    /// <param name="peak">Indices of the peak.</param>
    /// <returns>Fast lengths along rocking, row, column.</returns>
    public static int[] Find(WorkingStack stack, int[] peak)
    {
        int[] shape = stack.Shape;
        float[] sums = BoxFilter.Sum(stack.Intensity, shape, 1);
        double level = Level(sums);
        long[][] profiles = Profiles(sums, shape, level);

        int[] wanted = [];
        foreach (double share in KeptShares)
        {
            wanted = [.. Enumerable.Range(0, 3).Select(axis => Length(profiles[axis], peak[axis], share))];
            if ((long)wanted[0] * wanted[1] * wanted[2] <= ManyVoxels)
            {
                break;
            }
        }

        return wanted;
    }

    /// <summary>Counts of a cube of voxels above which the background does not explain them.</summary>
    /// <param name="sums">Over the cube about each voxel.</param>
    public static double Level(float[] sums)
    {
        double background = Background(sums);
        return background + (Significance * Math.Sqrt(background + 1));
    }

    /// <summary>How far to both sides of the peak so large a share of a profile lies.</summary>
    /// <param name="profile">Voxels that stand out, by their index.</param>
    /// <param name="peak">Index of the peak.</param>
    /// <param name="share">To hold, 0 to 1.</param>
    public static int Half(long[] profile, int peak, double share)
    {
        long total = profile.Sum();
        long kept = profile[peak];
        int half = 0;
        while (kept < share * total && half < profile.Length)
        {
            half++;
            kept += peak - half >= 0 ? profile[peak - half] : 0;
            kept += peak + half < profile.Length ? profile[peak + half] : 0;
        }

        return half;
    }

    // How many sums above the level lie at each index of each axis.
    private static long[][] Profiles(float[] sums, int[] shape, double level)
    {
        (int height, int width) = (shape[1], shape[2]);
        (long[] Rows, long[] Columns)[] frames = FrameLoop.Of(
            shape[0],
            frame =>
            {
                (long[] rows, long[] columns) = (new long[height], new long[width]);
                for (int pixel = 0; pixel < height * width; pixel++)
                {
                    if (sums[(frame * height * width) + pixel] > level)
                    {
                        rows[pixel / width]++;
                        columns[pixel % width]++;
                    }
                }

                return (rows, columns);
            }
        );
        return
        [
            [.. frames.Select(frame => frame.Rows.Sum())],
            [.. Enumerable.Range(0, height).Select(row => frames.Sum(frame => frame.Rows[row]))],
            [.. Enumerable.Range(0, width).Select(column => frames.Sum(frame => frame.Columns[column]))],
        ];
    }

    // Counts of a 3x3x3 cube far from the peak: the median of all cubes, most of which hold no signal.
    private static double Background(float[] sums)
    {
        int stride = Math.Max(1, sums.Length / 100_000);
        float[] sample = new float[sums.Length / stride];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = sums[i * stride];
        }

        Array.Sort(sample);
        return sample[sample.Length / 2];
    }

    private static int Length(long[] profile, int peak, double share)
    {
        int wanted = Math.Max(2 * (Half(profile, peak, share) + 1), LeastLength);
        return FastFftSize.AtLeast(Math.Min(wanted, profile.Length));
    }
}
