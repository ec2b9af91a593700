using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Whether values of a kind are scattered over pixels and frames, as noise is, or sit in the same pixels or frames, as flags do.</summary>
internal sealed class ScatteredValues
{
    // Share of the pixels that hold them in some frames and not in others, and of the frames that have their part of them.
    private const double LeastPixels = 0.1;
    private const double MostOften = 0.95;
    private const double LeastFrames = 0.9;
    private const double LeastPart = 0.1;

    // Noise has its like beside it now and then, the flags of a module always, those of single pixels hardly ever; and a constant that was subtracted leaves it beside all that is dark, in all frames.
    private const double FewPixels = 0.01;
    private const double LeastTogether = 0.02;
    private const double MostTogether = 0.6;
    private readonly int[] counts;
    private readonly int frames;

    private ScatteredValues(int[] counts, int frames) => (this.counts, this.frames) = (counts, frames);

    /// <summary>Whether they are.</summary>
    public bool IsScattered { get; private init; }

    /// <summary>How often pixels that hold them now and then hold them, 0 to 1.</summary>
    public double Share { get; private init; }

    /// <summary>Whether a pixel holds them now and then.</summary>
    /// <param name="pixel">Of a frame.</param>
    public bool IsAt(int pixel) => counts[pixel] > 0 && counts[pixel] < MostOften * frames;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="measured">Frames that were measured.</param>
    /// <param name="gaps">Pixels that take no part.</param>
    /// <param name="least">Of the values.</param>
    /// <param name="most">Beyond them.</param>
    public static ScatteredValues Of(RealVolume stack, int[] measured, bool[] gaps, float least, float most)
    {
        int pixels = gaps.Length;
        int[] counts = new int[pixels];
        FrameLoop.Run(stack.Height, CountRow);
        ScatteredValues values = new(counts, measured.Length);
        bool[] isAt = [.. gaps.Select((gap, pixel) => !gap && values.IsAt(pixel))];
        int at = isAt.Count(pixel => pixel);
        int others = gaps.Count(gap => !gap);
        if (at == 0 || at < FewPixels * others)
        {
            return values;
        }

        (int Count, int Together)[] found = FrameLoop.Of(measured.Length, i => CountIn(measured[i]));
        double all = found.Sum(frame => (double)frame.Count);
        double together = found.Sum(frame => (double)frame.Together) / Math.Max(1, all);
        double part = LeastPart * all / measured.Length;
        bool isInAllFrames = found.Count(frame => frame.Count >= part) >= LeastFrames * measured.Length;
        return new ScatteredValues(counts, measured.Length)
        {
            IsScattered =
                together >= LeastTogether
                && (together <= MostTogether || (at >= LeastPixels * others && isInAllFrames)),
            Share = all / at / measured.Length,
        };

        void CountRow(int row)
        {
            Span<int> own = counts.AsSpan(row * stack.Width, stack.Width);
            foreach (int frame in measured)
            {
                ReadOnlySpan<float> line = stack.Values.AsSpan((frame * pixels) + (row * stack.Width), stack.Width);
                for (int column = 0; column < line.Length; column++)
                {
                    own[column] += line[column] >= least && line[column] < most ? 1 : 0;
                }
            }
        }

        // Those whose next pixel of the row holds one as well are together.
        (int Count, int Together) CountIn(int frame)
        {
            ReadOnlySpan<float> line = stack.Values.AsSpan(frame * pixels, pixels);
            (int count, int together, bool wasOne) = (0, 0, false);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                bool isOne = isAt[pixel] && line[pixel] >= least && line[pixel] < most;
                count += isOne ? 1 : 0;
                together += isOne && wasOne ? 1 : 0;
                wasOne = isOne;
            }

            return (count, together);
        }
    }
}
