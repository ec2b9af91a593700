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
        if (at == 0 || at < LeastPixels * others)
        {
            return values;
        }

        int[] ofFrames = FrameLoop.Of(measured.Length, i => CountIn(measured[i]));
        double part = LeastPart * ofFrames.Average();
        return new ScatteredValues(counts, measured.Length)
        {
            IsScattered = ofFrames.Count(count => count >= part) >= LeastFrames * measured.Length,
            Share = ofFrames.Sum(count => (double)count) / at / measured.Length,
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

        int CountIn(int frame)
        {
            ReadOnlySpan<float> line = stack.Values.AsSpan(frame * pixels, pixels);
            int count = 0;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                count += isAt[pixel] && line[pixel] >= least && line[pixel] < most ? 1 : 0;
            }

            return count;
        }
    }
}
