using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// What the values below 0 of a stack are. Flags are one or two whole numbers (-1 and -2, as detectors write them) or far off; those that scatter about 0 are what
/// subtracting a dark frame leaves of noise, and were measured.
/// </summary>
internal static class NegativeValues
{
    private const int MostFlags = 2;

    // Of standard deviations of the noise.
    private const float FarOff = 8;
    private const int LargestSample = 1 << 20;

    /// <summary>What is no more than this was not measured: PyNX writes -1e19 and less.</summary>
    public const float Impossible = -1e18f;

    /// <summary>The least value that is noise about 0; what lies below it is a flag. 0 where all are flags, or there are none.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="frames">Which were measured.</param>
    /// <param name="gaps">Pixels that hold one number in every frame.</param>
    public static float LeastNoise(RealVolume stack, IReadOnlyList<bool> frames, bool[] gaps)
    {
        List<float> sample = [];
        HashSet<float> flags = [];
        // Most stacks have none.
        bool[] have = FrameLoop.Of(stack.Depth, frame => frames[frame] && HasAny(Frame(frame)));
        for (int frame = 0; frame < have.Length; frame++)
        {
            if (have[frame])
            {
                Sample(Frame(frame));
            }
        }

        if (sample.Count == 0 || (flags.Count <= MostFlags && flags.All(float.IsInteger)))
        {
            return 0;
        }

        sample.Sort();
        // Half of a Gaussian: its median is 0.6745 standard deviations.
        float deviation = 1.4826f * sample[sample.Count / 2];
        return -FarOff * deviation;

        ReadOnlySpan<float> Frame(int frame) => stack.Values.AsSpan(frame * gaps.Length, gaps.Length);

        void Sample(ReadOnlySpan<float> values)
        {
            for (int pixel = 0; pixel < values.Length && sample.Count < LargestSample; pixel++)
            {
                if (IsSmall(values[pixel]) && !gaps[pixel])
                {
                    sample.Add(-values[pixel]);
                    _ = flags.Count <= MostFlags && flags.Add(values[pixel]);
                }
            }
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
