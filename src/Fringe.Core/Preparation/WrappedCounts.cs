using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// Numbers below 0 in a type without a sign: where a dark frame was subtracted from unsigned counts, what fell below 0 wrapped round to just under the largest number. Such numbers are
/// scattered over pixels and frames among small counts, as neither saturation nor codes are.
/// </summary>
internal static class WrappedCounts
{
    private static readonly float[] Ends = [1 << 8, 1 << 16, 1L << 32];

    // Of the largest number: so far below it they may lie, and from there on, and from there on none are that belong to it.
    private const float Window = 1f / 32;
    private const float Middle = 0.5f;
    private const double MostBetween = 0.05;

    // Beside so large a count it is saturation.
    private const float Large = 1f / 16;

    // Of the frames, where a constant was subtracted.
    private const double AsARule = 0.5;

    /// <summary>The stack with a sign.</summary>
    /// <param name="stack">As read; left as it is.</param>
    /// <param name="frames">Which were measured.</param>
    /// <returns>A copy, and how many voxels have wrapped; null where none have.</returns>
    public static (RealVolume? Signed, int Voxels) Unwrapped(RealVolume stack, IReadOnlyList<bool> frames)
    {
        int pixels = stack.Height * stack.Width;
        int[] measured = [.. Enumerable.Range(0, stack.Depth).Where(frame => frames[frame])];
        (float Least, float Most)[] ranges = FrameLoop.Of(measured.Length, i => Range(Frame(measured[i])));
        float most = ranges.Length == 0 ? 0 : ranges.Max(range => range.Most);
        float end = Array.Find(Ends, end => most <= end && most >= end * (1 - Window));
        if (end == 0 || ranges.Min(range => range.Least) < 0)
        {
            return (null, 0);
        }

        float first = end * (1 - Window);
        bool[] none = new bool[pixels];
        ScatteredValues scattered = ScatteredValues.Of(stack, measured, none, first, float.PositiveInfinity);
        if (!scattered.IsScattered)
        {
            return (null, 0);
        }

        (int Between, int Wrapped)[] found = FrameLoop.Of(measured.Length, i => CountIn(Frame(measured[i])));
        if (found.Sum(frame => (double)frame.Between) > MostBetween * found.Sum(frame => (double)frame.Wrapped))
        {
            return (null, 0);
        }

        bool isShifted = scattered.Share >= AsARule;
        float[] values = [.. stack.Values];
        int[] turned = FrameLoop.Of(measured.Length, i => Turn(measured[i]));
        return (new RealVolume(values, stack.Depth, stack.Height, stack.Width), turned.Sum());

        ReadOnlySpan<float> Frame(int frame) => stack.Values.AsSpan(frame * pixels, pixels);

        (int Between, int Wrapped) CountIn(ReadOnlySpan<float> frame)
        {
            (int between, int wrapped) = (0, 0);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (scattered.IsAt(pixel))
                {
                    wrapped += frame[pixel] >= first ? 1 : 0;
                    between += frame[pixel] >= Middle * end && frame[pixel] < first ? 1 : 0;
                }
            }

            return (between, wrapped);
        }

        int Turn(int frame)
        {
            ReadOnlySpan<float> from = Frame(frame);
            int count = 0;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (from[pixel] >= first && (isShifted || scattered.IsAt(pixel)) && !IsBesideLarge(from, pixel))
                {
                    values[(frame * pixels) + pixel] = from[pixel] - end;
                    count++;
                }
            }

            return count;
        }

        bool IsBesideLarge(ReadOnlySpan<float> frame, int pixel)
        {
            int column = pixel % stack.Width;
            return (column > 0 && IsLarge(frame[pixel - 1]))
                || (column < stack.Width - 1 && IsLarge(frame[pixel + 1]))
                || (pixel >= stack.Width && IsLarge(frame[pixel - stack.Width]))
                || (pixel + stack.Width < pixels && IsLarge(frame[pixel + stack.Width]));
        }

        bool IsLarge(float value) => value >= Large * end && value < first;
    }

    private static (float Least, float Most) Range(ReadOnlySpan<float> values)
    {
        (float least, float most) = (0, 0);
        foreach (float value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return (least, most);
    }
}
