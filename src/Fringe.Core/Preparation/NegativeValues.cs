using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// What the values below 0 of a stack are. Flags are whole numbers (-1 and -2, as detectors write them) in the same pixels in all frames, or in few voxels, or far off; those that
/// scatter over pixels and frames, or are no whole numbers, are what subtracting a dark frame leaves of noise, and were measured.
/// </summary>
/// <param name="Least">The least value that is noise about 0; what lies below it is a flag. 0 where all are flags, or there are none.</param>
/// <param name="IsShifted">Pixels without a photon lie below 0 as a rule: more was subtracted than the dark counts.</param>
internal sealed record NegativeValues(float Least, bool IsShifted)
{
    /// <summary>Standard deviations of the noise, beyond which a value is none of it.</summary>
    public const float FarOff = 8;

    /// <summary>What is no more than this was not measured: PyNX writes -1e19 and less.</summary>
    public const float Impossible = -1e18f;

    private const int LargestSample = 1 << 20;

    // Of the noise's deviations: so far below 0 the middle of all values lies where more than noise was subtracted.
    private const float FarBelow = 0.3f;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="frames">Which were measured.</param>
    /// <param name="gaps">Pixels that hold one number in every frame; those that hold but the constant that was subtracted from all are taken out.</param>
    public static NegativeValues Of(RealVolume stack, IReadOnlyList<bool> frames, bool[] gaps)
    {
        // Most stacks have none.
        bool[] have = FrameLoop.Of(stack.Depth, frame => frames[frame] && HasAny(Frame(frame)));
        List<float> sample = [];
        for (int frame = 0; frame < have.Length; frame++)
        {
            if (have[frame])
            {
                Sample(Frame(frame));
            }
        }

        if (sample.Count == 0)
        {
            return new NegativeValues(0, false);
        }

        int[] measured = [.. Enumerable.Range(0, stack.Depth).Where(frame => frames[frame])];
        ScatteredValues scattered = ScatteredValues.Of(stack, measured, gaps, float.BitIncrement(Impossible), 0);
        bool isWhole = sample.TrueForAll(float.IsInteger);
        if (isWhole && !scattered.IsScattered)
        {
            return new NegativeValues(0, false);
        }

        sample.Sort();
        // Half of a Gaussian: its median is 0.6745 standard deviations.
        float deviation = 1.4826f * sample[sample.Count / 2];
        bool isShifted = scattered.IsScattered && Middle(stack, measured, gaps) < -FarBelow * deviation;
        if (isShifted && isWhole)
        {
            Release(stack.Values.AsSpan(measured[0] * gaps.Length, gaps.Length), -sample[sample.Count / 2], gaps);
        }

        return new NegativeValues(-FarOff * deviation, isShifted);

        ReadOnlySpan<float> Frame(int frame) => stack.Values.AsSpan(frame * gaps.Length, gaps.Length);

        void Sample(ReadOnlySpan<float> values)
        {
            for (int pixel = 0; pixel < values.Length && sample.Count < LargestSample; pixel++)
            {
                if (IsSmall(values[pixel]) && !gaps[pixel])
                {
                    sample.Add(-values[pixel]);
                }
            }
        }
    }

    private static float Middle(RealVolume stack, int[] measured, bool[] gaps)
    {
        int stride = (int)Math.Max(1, (long)measured.Length * gaps.Length / LargestSample);
        List<float> sample = [];
        foreach (int frame in measured)
        {
            for (int pixel = frame % stride; pixel < gaps.Length; pixel += stride)
            {
                float value = stack.Values[(frame * gaps.Length) + pixel];
                if (!gaps[pixel] && float.IsFinite(value))
                {
                    sample.Add(value);
                }
            }
        }

        sample.Sort();
        return sample.Count == 0 ? 0 : sample[sample.Count / 2];
    }

    // Pixels that never saw a photon hold what pixels do that did not in most frames.
    private static void Release(ReadOnlySpan<float> frame, float constant, bool[] gaps)
    {
        for (int pixel = 0; pixel < gaps.Length; pixel++)
        {
            gaps[pixel] &= frame[pixel] != constant;
        }
    }

    private static bool IsSmall(float value) => value is < 0 and > Impossible;

    private static bool HasAny(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (IsSmall(value))
            {
                return true;
            }
        }

        return false;
    }
}
