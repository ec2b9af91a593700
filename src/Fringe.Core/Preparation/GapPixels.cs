using Fringe.Core.Tensors;
using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// Pixels that hold one number in every frame: detectors mark gaps and defective pixels so, with the largest values of their type or with negative ones, and conversion
/// keeps the number and loses the type. Photons never repeat a count so often.
/// </summary>
internal static class GapPixels
{
    // Of a count of 100 two frames in 36 agree by chance: with eight frames less than one pixel in 1e10.
    private const float LeastCount = 100;
    private const int FewestFrames = 8;

    // Of a million counts one frame in 2500 agrees with another.
    private const float ManyCounts = 1e6f;
    private const int FewestFramesOfMany = 4;

    // Of numbers that types end with: the larger, the less often photons give just them.
    private const int FewestFramesOfCode = 4;
    private const int FewestFramesOfLargeCode = 2;
    private const float LargeCode = ushort.MaxValue - 1;

    /// <summary>No detector counts so far in a frame.</summary>
    public const float Uncountable = int.MaxValue - 1f;

    // More than this share is no gap but a background without noise, as simulations have it.
    private const double LargestShare = 0.5;

    /// <summary>Which pixels of a frame they are.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="frames">Which were measured.</param>
    public static bool[] Find(RealVolume stack, IReadOnlyList<bool> frames)
    {
        int[] used = Used(stack, frames, new bool[stack.Height * stack.Width]);
        bool[] found = Constant(stack, used);
        // A lost frame may be blank but for the codes, which are known when it is left out.
        int[] left = Used(stack, frames, found);
        return left.Length == used.Length ? found : Constant(stack, left);
    }

    private static bool[] Constant(RealVolume stack, int[] used)
    {
        int pixels = stack.Height * stack.Width;
        bool[] found = new bool[pixels];
        bool[] others = new bool[pixels];
        if (used.Length == 0)
        {
            return found;
        }

        Parallel.For(
            0,
            pixels,
            ThreadLimit.Options(),
            pixel =>
            {
                float value = stack.Values[(used[0] * pixels) + pixel];
                if (
                    value is 0 or float.NaN
                    || IsNoFlag(value)
                    || !Array.TrueForAll(used, frame => stack.Values[(frame * pixels) + pixel] == value)
                )
                {
                    return;
                }

                int fewest = Fewest(value);
                found[pixel] = fewest < FewestFrames && used.Length >= fewest;
                others[pixel] =
                    fewest == FewestFrames
                    && value >= LeastCount
                    && used.Length >= (value >= ManyCounts ? FewestFramesOfMany : fewest);
            }
        );
        if (others.Count(other => other) <= LargestShare * pixels)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                found[pixel] |= others[pixel];
            }
        }

        return found;
    }

    /// <summary>Whether a number is the largest, or the largest but one, that so many bits hold.</summary>
    /// <param name="value">From 0.</param>
    public static bool IsCode(float value)
    {
        foreach (int bits in new[] { 8, 12, 14, 15, 16, 20, 24, 31, 32, 63, 64 })
        {
            double largest = Math.Pow(2, bits) - 1;
            if (value == (float)largest || value == (float)(largest - 1))
            {
                return true;
            }
        }

        return false;
    }

    // Below 0 flags are whole numbers, and others what was subtracted where no photon came.
    private static bool IsNoFlag(float value) => value < 0 && !float.IsInteger(value);

    private static int Fewest(float value) =>
        value >= Uncountable ? 1
        : value < 0 ? FewestFramesOfLargeCode
        : !IsCode(value) ? FewestFrames
        : value >= LargeCode ? FewestFramesOfLargeCode
        : FewestFramesOfCode;

    private static int[] Used(RealVolume stack, IReadOnlyList<bool> frames, bool[] gaps) =>
        [.. Enumerable.Range(0, stack.Depth).Where(frame => frames[frame] && !IsBlank(stack, frame, gaps))];

    private static bool IsBlank(RealVolume stack, int frame, bool[] gaps)
    {
        int start = frame * gaps.Length;
        for (int pixel = 0; pixel < gaps.Length; pixel++)
        {
            float value = stack.Values[start + pixel];
            if (value != 0 && !gaps[pixel] && !(value >= LargeCode && IsCode(value)))
            {
                return false;
            }
        }

        return true;
    }
}
