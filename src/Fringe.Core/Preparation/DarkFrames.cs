using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// Frames that hold hardly anything of the image that those before and after them hold: a shutter that was closed leaves hot pixels and noise. Between two fringes a
/// curve may fall as far, but not between two of its brightest frames.
/// </summary>
internal static class DarkFrames
{
    // So many times darker than the frames about them are those that are looked at.
    private const double Darker = 4;

    // Share of the brightest frame that those about them hold: beside the zeros of the slowest curve, a plate's, stand lobes of 0.047.
    private const double LeastShare = 0.1;
    private const double LeastCounts = 1000;

    // Of the image about them.
    private const double MostLeft = 0.03;
    private const double MostLeftWeak = 0.2;
    private const double LeastLikeness = 0.95;

    // Beyond so few frames it is the valley between two peaks.
    private const int LongestWeak = 4;
    private const int LargestSample = 4096;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="cleaned">With all pixels masked that are known not to measure.</param>
    /// <param name="measured">Frames that were measured and are not empty.</param>
    /// <param name="hidden">Pixels that hold no counts.</param>
    /// <returns>Those that were lost, and those that hold the image about them, but many times weaker.</returns>
    public static (int[] Dark, int[] Weak) Find(RealVolume stack, WorkingStack cleaned, int[] measured, bool[] hidden)
    {
        int pixels = hidden.Length;
        float[] levels = FrameLoop.Of(
            measured.Length,
            i => Level(Frame(measured[i]), cleaned.MaskOf(measured[i]).Span)
        );
        double[] counts = FrameLoop.Of(measured.Length, i => Counts(i));
        double most = counts.DefaultIfEmpty(0).Max();
        List<int> dark = [];
        List<int> weak = [];
        for (int i = 1; i < counts.Length - 1; i++)
        {
            double enough = Math.Max(LeastShare * most, Math.Max(LeastCounts, Darker * counts[i]));
            double brighter = Darker * counts[i];
            int before = Array.FindLastIndex(counts, i, count => count >= brighter);
            int after = Array.FindIndex(counts, i, count => count >= brighter);
            if (before < 0 || after < 0 || counts[before] < enough || counts[after] < enough || !IsNoisy(before, after))
            {
                continue;
            }

            (double left, double likeness) = Compare(i, before, after);
            if (left <= MostLeft)
            {
                dark.Add(measured[i]);
            }
            else if (left <= MostLeftWeak && likeness >= LeastLikeness && after - before <= LongestWeak)
            {
                weak.Add(measured[i]);
            }
        }

        return ([.. dark], [.. weak]);

        ReadOnlySpan<float> Frame(int frame) => cleaned.Intensity.AsSpan(frame * pixels, pixels);

        bool IsNoisy(int before, int after) =>
            new[] { before, after }.All(i =>
                PhotonNoise.IsIn(stack.Values.AsSpan(measured[i] * pixels, pixels), hidden, stack.Width)
            );

        double Counts(int i)
        {
            double sum = 0;
            foreach (float value in Frame(measured[i]))
            {
                sum += Math.Max(0, value - levels[i]);
            }

            return sum;
        }

        // What is left of the image that both neighbours hold, weighted by it.
        (double Left, double Likeness) Compare(int i, int before, int after)
        {
            ReadOnlySpan<float> one = Frame(measured[before]);
            ReadOnlySpan<float> other = Frame(measured[after]);
            ReadOnlySpan<float> own = Frame(measured[i]);
            ReadOnlySpan<bool> masked = cleaned.MaskOf(measured[i]).Span;
            (double product, double square, double ownSquare) = (0, 0, 0);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                double both = Math.Min(one[pixel] - levels[before], other[pixel] - levels[after]);
                if (both > 0 && !masked[pixel])
                {
                    double here = own[pixel] - levels[i];
                    product += both * here;
                    square += both * both;
                    ownSquare += here * here;
                }
            }

            return square == 0 ? (1, 0) : (product / square, product / Math.Sqrt(square * Math.Max(1e-30, ownSquare)));
        }
    }

    // The median of a sample: the pedestal of a camera, 0 of a counting detector.
    private static float Level(ReadOnlySpan<float> frame, ReadOnlySpan<bool> masked)
    {
        int stride = Math.Max(1, frame.Length / LargestSample);
        List<float> sample = [];
        for (int pixel = 0; pixel < frame.Length; pixel += stride)
        {
            if (!masked[pixel])
            {
                sample.Add(frame[pixel]);
            }
        }

        sample.Sort();
        return sample.Count == 0 ? 0 : sample[sample.Count / 2];
    }
}
