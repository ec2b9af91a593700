using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Frames that are another one bit for bit, in all pixels that count but for the first and last rows, where cameras write the frame's number.</summary>
internal static class RepeatedFrames
{
    // Counts of a frame that another may repeat by chance.
    private const double LeastCounts = 100;
    private const int StampedRows = 2;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="measured">Frames that were measured and not lost.</param>
    /// <param name="hidden">Pixels that hold no counts.</param>
    public static int[] Find(RealVolume stack, int[] measured, bool[] hidden)
    {
        int pixels = hidden.Length;
        int rows = stack.Height > 8 * StampedRows ? StampedRows : 0;
        int first = rows * stack.Width;
        int last = pixels - first;
        double[] counts = FrameLoop.Of(measured.Length, i => Counts(Frame(measured[i])));
        List<int> repeated = [];
        // Equal frames have equal sums.
        foreach (
            int[] alike in measured
                .Zip(counts)
                .Where(item => item.Second >= LeastCounts)
                .GroupBy(item => item.Second, item => item.First)
                .Select(group => group.ToArray())
        )
        {
            repeated.AddRange(
                alike.Where(
                    (frame, i) =>
                        alike[..i].Any(earlier => AreEqual(earlier, frame) && !AreMirrored(earlier, frame))
                        && HasPhotons(Frame(frame))
                        && PhotonNoise.IsIn(Frame(frame), hidden, stack.Width)
                )
            );
        }

        repeated.Sort();
        return [.. repeated];

        ReadOnlySpan<float> Frame(int frame) => stack.Values.AsSpan(frame * pixels, pixels);

        bool AreEqual(int one, int other)
        {
            ReadOnlySpan<float> values = Frame(one);
            ReadOnlySpan<float> others = Frame(other);
            for (int pixel = first; pixel < last; pixel++)
            {
                // NaN is NaN.
                if (!hidden[pixel] && !values[pixel].Equals(others[pixel]))
                {
                    return false;
                }
            }

            return true;
        }

        // Without noise a symmetric curve has equal frames on both sides of its middle, and so have their neighbours.
        bool AreMirrored(int earlier, int later)
        {
            bool isEnd = earlier == 0 || later == stack.Depth - 1;
            bool isOuter = isEnd ? later > earlier + 1 : AreEqual(earlier - 1, later + 1);
            return isOuter && (later <= earlier + 2 || AreEqual(earlier + 1, later - 1));
        }

        double Counts(ReadOnlySpan<float> frame)
        {
            double sum = 0;
            for (int pixel = first; pixel < last; pixel++)
            {
                float value = frame[pixel];
                sum += !hidden[pixel] && value > 0 && float.IsFinite(value) ? value : 0;
            }

            return sum;
        }

        // A background that was added to all pixels holds no photons.
        bool HasPhotons(ReadOnlySpan<float> frame)
        {
            (double sum, float least, int counted) = (0, float.PositiveInfinity, 0);
            for (int pixel = first; pixel < last; pixel++)
            {
                if (!hidden[pixel] && float.IsFinite(frame[pixel]))
                {
                    sum += frame[pixel];
                    least = Math.Min(least, frame[pixel]);
                    counted++;
                }
            }

            return sum - (counted * (double)least) >= LeastCounts;
        }
    }
}
