using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Frames that cannot have been measured: without a count among frames that have many, or another frame bit for bit, which photon noise never gives.</summary>
/// <param name="Lost">Without a count.</param>
/// <param name="Repeated">The same as an earlier one.</param>
internal sealed record FrameFaults(IReadOnlyList<int> Lost, IReadOnlyList<int> Repeated)
{
    // Counts of the frames about an empty one, from which on chance does not empty it.
    private const double FewCounts = 20;

    // At the ends of the curve, where the true one may fall off between two frames.
    private const double ManyCounts = 1000;

    // Counts of a frame that another may repeat by chance.
    private const double LeastRepeated = 100;

    // More repeated frames are those of a simulation without noise, whose patterns are symmetric.
    private const double LargestShare = 0.3;

    // Counts, whatever they were divided by, leave hardly a value between none and half of one; an intensity without noise fades through them.
    private const float HalfCount = 0.5f;
    private const double FewHalfCounts = 0.01;

    // So many counts that none stands alone.
    private const double FewZeros = 0.05;

    /// <summary>Lost and repeated ones.</summary>
    public IReadOnlyList<int> All => [.. Lost, .. Repeated];

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="frames">Which were measured.</param>
    /// <param name="gaps">Pixels that hold no counts.</param>
    public static FrameFaults Find(RealVolume stack, IReadOnlyList<bool> frames, bool[] gaps)
    {
        int[] measured = [.. Enumerable.Range(0, stack.Depth).Where(frame => frames[frame])];
        double[] counts = FrameLoop.Of(measured.Length, i => Counts(stack, measured[i], gaps));
        return new FrameFaults(LostOf(stack, measured, counts, gaps), RepeatedOf(stack, measured, counts, gaps));
    }

    private static int[] LostOf(RealVolume stack, int[] measured, double[] counts, bool[] gaps)
    {
        List<int> lost = [];
        for (int i = 0; i < measured.Length; i++)
        {
            if (counts[i] > 0)
            {
                continue;
            }

            int before = Array.FindLastIndex(counts, i, count => count > 0);
            int after = Array.FindIndex(counts, i, count => count > 0);
            int[] about = [.. new[] { before, after }.Where(neighbour => neighbour >= 0)];
            double least = about.Select(neighbour => counts[neighbour]).DefaultIfEmpty(0).Min();
            // An intensity without noise may well be 0 throughout a frame, between two fringes.
            if (least >= (about.Length == 2 ? FewCounts : ManyCounts) && about.All(IsNoisyAt))
            {
                lost.Add(measured[i]);
            }
        }

        return [.. lost];

        bool IsNoisyAt(int i) =>
            IsNoisy(stack.Values.AsSpan(measured[i] * gaps.Length, gaps.Length), gaps, stack.Width);
    }

    private static int[] RepeatedOf(RealVolume stack, int[] measured, double[] counts, bool[] gaps)
    {
        int pixels = gaps.Length;
        (int Frame, double Counts)[] bright = [.. measured.Zip(counts).Where(item => item.Second >= LeastRepeated)];
        List<int> repeated = [];
        // Equal frames have equal sums.
        foreach (
            int[] alike in bright.GroupBy(item => item.Counts, item => item.Frame).Select(group => group.ToArray())
        )
        {
            repeated.AddRange(
                alike.Where(
                    (frame, i) =>
                        alike[..i].Any(earlier => AreEqual(earlier, frame) && !AreMirrored(earlier, frame))
                        && HasPhotons(Frame(frame), gaps)
                        && IsNoisy(Frame(frame), gaps, stack.Width)
                )
            );
        }

        repeated.Sort();
        return repeated.Count <= LargestShare * bright.Length ? [.. repeated] : [];

        ReadOnlySpan<float> Frame(int frame) => stack.Values.AsSpan(frame * pixels, pixels);

        bool AreEqual(int one, int other) => Frame(one).SequenceEqual(Frame(other));

        // Without noise a symmetric curve has equal frames on both sides of its middle, and so have their neighbours.
        bool AreMirrored(int earlier, int later)
        {
            bool isEnd = earlier == 0 || later == stack.Depth - 1;
            bool isOuter = isEnd ? later > earlier + 1 : AreEqual(earlier - 1, later + 1);
            return isOuter && (later <= earlier + 2 || AreEqual(earlier + 1, later - 1));
        }
    }

    // Single photons stand alone where an intensity without noise, rounded, fades to 0 all around.
    private static bool IsNoisy(ReadOnlySpan<float> frame, bool[] gaps, int width)
    {
        (int halves, int zeros, int alone) = (0, 0, 0);
        for (int pixel = 0; pixel < frame.Length; pixel++)
        {
            float value = frame[pixel];
            if (value < 0 && !gaps[pixel])
            {
                return true;
            }

            halves += value is > 0 and < HalfCount ? 1 : 0;
            zeros += value == 0 ? 1 : 0;
            bool isInside =
                pixel % width > 0 && pixel % width < width - 1 && pixel >= width && pixel < frame.Length - width;
            alone +=
                isInside
                && value > 0
                && frame[pixel - 1] == 0
                && frame[pixel + 1] == 0
                && frame[pixel - width] == 0
                && frame[pixel + width] == 0
                    ? 1
                    : 0;
        }

        return halves < FewHalfCounts * frame.Length && (alone > 0 || zeros < FewZeros * frame.Length);
    }

    // A background that was added to all pixels holds no photons.
    private static bool HasPhotons(ReadOnlySpan<float> frame, bool[] gaps)
    {
        (double sum, float least, int counted) = (0, float.PositiveInfinity, 0);
        for (int pixel = 0; pixel < frame.Length; pixel++)
        {
            if (!gaps[pixel] && float.IsFinite(frame[pixel]))
            {
                sum += frame[pixel];
                least = Math.Min(least, frame[pixel]);
                counted++;
            }
        }

        return sum - (counted * (double)least) >= LeastRepeated;
    }

    private static double Counts(RealVolume stack, int frame, bool[] gaps)
    {
        int start = frame * gaps.Length;
        double sum = 0;
        for (int pixel = 0; pixel < gaps.Length; pixel++)
        {
            float value = stack.Values[start + pixel];
            sum += !gaps[pixel] && value > 0 && float.IsFinite(value) ? value : 0;
        }

        return sum;
    }
}
