namespace Fringe.Core.Preparation;

/// <summary>Rows or columns that are bright from one end of the frame to the other, which no pattern is: a gap's codes, most likely.</summary>
/// <param name="IsByRow">They are rows, else columns.</param>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many they are.</param>
public sealed record BrightBand(bool IsByRow, int First, int Count)
{
    // Of the brightest pixel, and times the middle one.
    private const double LeastShare = 0.1;
    private const double LeastRatio = 30;

    // Of a line's pixels this share may be darker.
    private const double Darker = 0.1;
    private const int LeastLength = 16;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">Cleaned.</param>
    /// <returns>The first such band; null = none.</returns>
    internal static BrightBand? Find(WorkingStack stack)
    {
        (float[] sum, bool[] isMeasured) = SumOf(stack);
        float[] measured = [.. sum.Where((_, pixel) => isMeasured[pixel])];
        if (measured.Length == 0)
        {
            return null;
        }

        Array.Sort(measured);
        double least = Math.Max(LeastShare * measured[^1], LeastRatio * Math.Max(1, measured[measured.Length / 2]));
        return Along(isByRow: false) ?? Along(isByRow: true);

        BrightBand? Along(bool isByRow)
        {
            int lines = isByRow ? stack.Height : stack.Width;
            int length = isByRow ? stack.Width : stack.Height;
            if (length < LeastLength)
            {
                return null;
            }

            int first = Enumerable.Range(0, lines).FirstOrDefault(IsBright, -1);
            return first < 0
                ? null
                : new BrightBand(isByRow, first, Enumerable.Range(first, lines - first).TakeWhile(IsBright).Count());

            bool IsBright(int line)
            {
                (int bright, int all) = (0, 0);
                for (int at = 0; at < length; at++)
                {
                    int pixel = isByRow ? (line * stack.Width) + at : (at * stack.Width) + line;
                    all += isMeasured[pixel] ? 1 : 0;
                    bright += isMeasured[pixel] && sum[pixel] >= least ? 1 : 0;
                }

                return all >= LeastLength && bright >= (1 - Darker) * all;
            }
        }
    }

    private static (float[] Sum, bool[] IsMeasured) SumOf(WorkingStack stack)
    {
        int pixels = stack.Height * stack.Width;
        float[] sum = new float[pixels];
        bool[] isMeasured = new bool[pixels];
        FrameLoop.Run(
            stack.Height,
            row =>
            {
                for (int frame = 0; frame < stack.Depth; frame++)
                {
                    for (int pixel = row * stack.Width; pixel < (row + 1) * stack.Width; pixel++)
                    {
                        sum[pixel] += stack.Intensity[(frame * pixels) + pixel];
                        isMeasured[pixel] |= !stack.Mask[(frame * pixels) + pixel];
                    }
                }
            }
        );
        return (sum, isMeasured);
    }
}
