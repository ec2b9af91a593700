using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// Pixels that hold nearly one number in all frames, or one times a factor that all of them share, while those beside them do not: a detector's codes from which a dark frame was
/// subtracted, or that were divided by a monitor or by an attenuator's transmission. Photons neither stand so still nor stop so sharply.
/// </summary>
internal static class SteadyPixels
{
    // Of a count of 200 eight frames lie within 2 % once in 1e5 pixels, and what is beside it does so too.
    private const float LeastCount = 200;
    private const int FewestFrames = 8;
    private const float LargestSpread = 0.02f;

    // Frames' factors are told from several pixels, and are no rocking curve: nearly one, or a few steps of an attenuator.
    private const float LeastScaled = 1000;
    private const int FewestScaled = 8;
    private const float LargestFactor = 2;
    private const float LeastStep = 1.05f;
    private const float WidestStep = 1.2f;
    private const int FramesOfAStep = 4;

    // Of the pixels beside them these vary.
    private const float LeastVariation = 1.5f;
    private const double LeastVarying = 0.8;

    // More than this share is no gap but a background.
    private const double LargestShare = 0.5;

    /// <summary>Adds them to the pixels that hold codes.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="frames">Which were measured.</param>
    /// <param name="gaps">Pixels of a frame that hold one number in every frame; changed.</param>
    public static void Find(RealVolume stack, IReadOnlyList<bool> frames, bool[] gaps)
    {
        int[] used = [.. Enumerable.Range(0, stack.Depth).Where(frame => frames[frame])];
        if (used.Length < FewestFrames)
        {
            return;
        }

        float[] ones = new float[stack.Depth];
        Array.Fill(ones, 1);
        Spread[] spreads = SpreadsOf(stack, used, ones);
        Add(stack, spreads, LeastCount, fewest: 1, gaps);
        int reference = Reference(spreads, gaps);
        if (reference < 0)
        {
            return;
        }

        float[] factors = new float[stack.Depth];
        foreach (int frame in used)
        {
            factors[frame] = stack.Values[(frame * gaps.Length) + reference] / spreads[reference].Most;
        }

        if (AreFactors([.. used.Select(frame => factors[frame]).Where(factor => factor > 0)]))
        {
            Add(stack, SpreadsOf(stack, used, factors), LeastScaled, FewestScaled, gaps);
        }
    }

    // The least and the largest number of a pixel, zeros apart, over the frames' factors.
    private static Spread[] SpreadsOf(RealVolume stack, int[] used, float[] factors)
    {
        int pixels = stack.Height * stack.Width;
        Spread[] spreads = new Spread[pixels];
        FrameLoop.Run(
            stack.Height,
            row =>
            {
                Span<Spread> own = spreads.AsSpan(row * stack.Width, stack.Width);
                own.Fill(new Spread(float.PositiveInfinity, float.NegativeInfinity, 0, 0));
                foreach (int frame in used)
                {
                    if (!(factors[frame] > 0))
                    {
                        continue;
                    }

                    ReadOnlySpan<float> values = stack.Values.AsSpan(
                        (frame * pixels) + (row * stack.Width),
                        stack.Width
                    );
                    float scale = 1 / factors[frame];
                    for (int column = 0; column < values.Length; column++)
                    {
                        Spread spread = own[column];
                        float value = values[column] * scale;
                        own[column] =
                            value == 0
                                ? spread with
                                {
                                    Zeros = spread.Zeros + 1,
                                }
                                : new Spread(
                                    Math.Min(spread.Least, value),
                                    Math.Max(spread.Most, value),
                                    spread.Count + 1,
                                    spread.Zeros
                                );
                    }
                }
            }
        );
        return spreads;
    }

    private static int Reference(Spread[] spreads, bool[] gaps)
    {
        int reference = -1;
        for (int pixel = 0; pixel < spreads.Length; pixel++)
        {
            Spread spread = spreads[pixel];
            bool isBright =
                !gaps[pixel]
                && spread.Least >= LeastScaled
                && float.IsFinite(spread.Most)
                && spread.Count >= FewestFrames;
            if (isBright && (reference < 0 || spread.Least > spreads[reference].Least))
            {
                reference = pixel;
            }
        }

        return reference;
    }

    private static bool AreFactors(float[] factors)
    {
        if (factors.Length < FewestFrames)
        {
            return false;
        }

        Array.Sort(factors);
        if (factors[^1] <= LargestFactor * factors[0])
        {
            return true;
        }

        (int steps, float first) = (1, factors[0]);
        for (int i = 1; i < factors.Length; i++)
        {
            if (factors[i] > LeastStep * factors[i - 1])
            {
                (steps, first) = (steps + 1, factors[i]);
            }
            else if (factors[i] > WidestStep * first)
            {
                return false;
            }
        }

        return steps <= factors.Length / FramesOfAStep;
    }

    private static void Add(RealVolume stack, Spread[] spreads, float least, int fewest, bool[] gaps)
    {
        bool[] steady =
        [
            .. spreads.Select(
                (spread, pixel) =>
                    !gaps[pixel]
                    && spread.Count >= FewestFrames
                    && spread.Least >= least
                    && float.IsFinite(spread.Most)
                    && spread.Most - spread.Least <= LargestSpread * spread.Most
            ),
        ];
        int count = steady.Count(pixel => pixel);
        if (count < fewest || count > LargestShare * steady.Length)
        {
            return;
        }

        foreach (List<int> patch in Patches(steady, stack.Width))
        {
            if (StopsSharply(patch, steady, spreads, gaps, stack.Width))
            {
                patch.ForEach(pixel => gaps[pixel] = true);
            }
        }
    }

    private static IEnumerable<List<int>> Patches(bool[] steady, int width)
    {
        bool[] seen = new bool[steady.Length];
        for (int pixel = 0; pixel < steady.Length; pixel++)
        {
            if (!steady[pixel] || seen[pixel])
            {
                continue;
            }

            List<int> patch = [pixel];
            seen[pixel] = true;
            for (int i = 0; i < patch.Count; i++)
            {
                foreach (int near in Beside(patch[i], steady.Length, width))
                {
                    if (steady[near] && !seen[near])
                    {
                        seen[near] = true;
                        patch.Add(near);
                    }
                }
            }

            yield return patch;
        }
    }

    private static bool StopsSharply(List<int> patch, bool[] steady, Spread[] spreads, bool[] gaps, int width)
    {
        HashSet<int> beside =
        [
            .. patch
                .SelectMany(pixel => Beside(pixel, steady.Length, width))
                .Where(near => !steady[near] && !gaps[near]),
        ];
        int varying = beside.Count(near => IsVarying(spreads[near]));
        return varying >= LeastVarying * beside.Count;
    }

    private static bool IsVarying(Spread spread) =>
        spread.Zeros > 0 || !(spread.Least > 0) || spread.Most >= LeastVariation * spread.Least;

    private static IEnumerable<int> Beside(int pixel, int pixels, int width)
    {
        if (pixel % width > 0)
        {
            yield return pixel - 1;
        }

        if (pixel % width < width - 1)
        {
            yield return pixel + 1;
        }

        if (pixel >= width)
        {
            yield return pixel - width;
        }

        if (pixel + width < pixels)
        {
            yield return pixel + width;
        }
    }

    /// <summary>Of a pixel's numbers.</summary>
    private readonly record struct Spread(float Least, float Most, int Count, int Zeros);
}
