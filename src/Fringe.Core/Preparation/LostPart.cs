using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// A rectangle of a frame that holds nothing, with an edge as sharp as no diffraction has, and much in the frames before and after: half a detector, or a module, that was not read.
/// </summary>
/// <param name="Frame">Index along the rocking curve.</param>
/// <param name="FirstRow">Its first row.</param>
/// <param name="Rows">How many it has.</param>
/// <param name="FirstColumn">Its first column.</param>
/// <param name="Columns">How many it has.</param>
internal sealed record LostPart(int Frame, int FirstRow, int Rows, int FirstColumn, int Columns)
{
    // Counts of a line of the part in the frames before and after, and of the line beyond its edge.
    private const double LeastCounts = 100;

    // At the ends of the curve.
    private const double ManyCounts = 1000;

    // Pixels of a module at least.
    private const int LeastLength = 8;
    private const int MostCuts = 17;

    // A fringe that vanishes in one frame is narrower.
    private const int FewestLines = 4;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="cleaned">With all pixels masked that are known not to measure.</param>
    /// <param name="measured">Frames that were measured and not lost.</param>
    /// <param name="hidden">Pixels that hold no counts.</param>
    /// <param name="noise">Standard deviation of values about 0; 0 = none.</param>
    public static IReadOnlyList<LostPart> Find(
        RealVolume stack,
        WorkingStack cleaned,
        int[] measured,
        bool[] hidden,
        float noise
    )
    {
        int pixels = hidden.Length;
        List<LostPart> parts =
        [
            .. Along(cleaned, measured, hidden, noise, isByRow: true),
            .. Along(cleaned, measured, hidden, noise, isByRow: false),
        ];
        return
        [
            .. parts
                .Distinct()
                .Where(part => PhotonNoise.IsIn(stack.Values.AsSpan(part.Frame * pixels, pixels), hidden, stack.Width))
                .OrderBy(part => part.Frame),
        ];
    }

    /// <summary>Masks it.</summary>
    /// <param name="stack">Changed.</param>
    public void MaskIn(WorkingStack stack)
    {
        for (int row = FirstRow; row < FirstRow + Rows; row++)
        {
            int start = (((Frame * stack.Height) + row) * stack.Width) + FirstColumn;
            stack.Mask.AsSpan(start, Columns).Fill(true);
            stack.Intensity.AsSpan(start, Columns).Clear();
        }
    }

    // Lines are rows, or columns, over a stretch of their length.
    private static List<LostPart> Along(WorkingStack stack, int[] measured, bool[] hidden, float noise, bool isByRow)
    {
        int lines = isByRow ? stack.Height : stack.Width;
        int length = isByRow ? stack.Width : stack.Height;
        int[] cuts = Cuts(hidden, stack.Width, lines, length, isByRow);
        int stretches = cuts.Length - 1;
        // [frame][stretch, line]
        double[][] sums = FrameLoop.Of(
            measured.Length,
            i => Sums(stack.Intensity.AsSpan(measured[i] * hidden.Length, hidden.Length))
        );
        List<LostPart> parts = [];
        for (int from = 0; from < stretches; from++)
        {
            for (int to = from + 1; to <= stretches; to++)
            {
                int pixels = cuts[to] - cuts[from];
                if (pixels >= LeastLength)
                {
                    double floor = noise * ((0.4 * pixels) + (5 * Math.Sqrt(pixels)));
                    double[][] profiles = [.. sums.Select(sum => Profile(sum, from, to))];
                    parts.AddRange(
                        Bands(profiles, floor)
                            .Select(band => Part(measured[band.Frame], band.First, band.Count, cuts[from], pixels))
                    );
                }
            }
        }

        return parts;

        double[] Sums(ReadOnlySpan<float> frame)
        {
            double[] sum = new double[stretches * lines];
            for (int y = 0, pixel = 0; y < stack.Height; y++)
            {
                int stretch = 0;
                for (int x = 0; x < stack.Width; x++, pixel++)
                {
                    (int line, int at) = isByRow ? (y, x) : (x, y);
                    while (at >= cuts[stretch + 1])
                    {
                        stretch++;
                    }

                    sum[(stretch * lines) + line] += frame[pixel];
                }
            }

            return sum;
        }

        double[] Profile(double[] sum, int from, int to)
        {
            double[] profile = new double[lines];
            for (int stretch = from; stretch < to; stretch++)
            {
                for (int line = 0; line < lines; line++)
                {
                    profile[line] += sum[(stretch * lines) + line];
                }
            }

            return profile;
        }

        LostPart Part(int frame, int first, int count, int start, int pixels) =>
            isByRow ? new(frame, first, count, start, pixels) : new(frame, start, pixels, first, count);
    }

    // Where stretches of a line may end: its ends, its middle, and gaps that cross all lines.
    private static int[] Cuts(bool[] hidden, int width, int lines, int length, bool isByRow)
    {
        SortedSet<int> cuts = [0, length / 2, length];
        bool wasGap = false;
        for (int at = 0; at < length; at++)
        {
            bool isGap = true;
            for (int line = 0; line < lines && isGap; line++)
            {
                isGap = hidden[isByRow ? (line * width) + at : (at * width) + line];
            }

            if (isGap != wasGap)
            {
                cuts.Add(at);
            }

            wasGap = isGap;
        }

        return cuts.Count <= MostCuts ? [.. cuts] : [0, length / 2, length];
    }

    // Lines of a frame that hold nothing, next to one that does, while they do in the frames before and after.
    private static List<(int Frame, int First, int Count)> Bands(double[][] profiles, double floor)
    {
        List<(int Frame, int First, int Count)> bands = [];
        double bright = Math.Max(LeastCounts, 20 * floor);
        int lines = profiles.Length == 0 ? 0 : profiles[0].Length;
        bool[][] suspects = [.. profiles.Select(_ => new bool[lines])];
        for (int line = 0; line < lines; line++)
        {
            Suspect(line);
        }

        for (int frame = 0; frame < profiles.Length; frame++)
        {
            double[] profile = profiles[frame];
            for (int line = 0; line < lines; line++)
            {
                if (!suspects[frame][line])
                {
                    continue;
                }

                (int first, int last) = (line, line);
                while (first > 0 && profile[first - 1] <= floor)
                {
                    first--;
                }

                while (last < lines - 1 && profile[last + 1] <= floor)
                {
                    last++;
                }

                bool isSharp =
                    (first > 0 && profile[first - 1] >= bright && AreSuspect(frame, first))
                    || (last < lines - 1 && profile[last + 1] >= bright && AreSuspect(frame, last - FewestLines + 1));
                if (isSharp && last - first + 1 >= FewestLines)
                {
                    bands.Add((frame, first, last - first + 1));
                }

                line = last;
            }
        }

        return bands;

        bool AreSuspect(int frame, int first) =>
            first >= 0 && first + FewestLines <= lines && !suspects[frame].AsSpan(first, FewestLines).Contains(false);

        void Suspect(int line)
        {
            for (int from = 0; from < profiles.Length; from++)
            {
                if (profiles[from][line] > floor)
                {
                    continue;
                }

                int to = from;
                while (to < profiles.Length && profiles[to][line] <= floor)
                {
                    to++;
                }

                double before = from > 0 ? profiles[from - 1][line] : -1;
                double after = to < profiles.Length ? profiles[to][line] : -1;
                bool isLost =
                    before >= 0 && after >= 0
                        ? Math.Min(before, after) >= bright
                        : Math.Max(before, after) >= Math.Max(ManyCounts, bright);
                for (int frame = from; isLost && frame < to; frame++)
                {
                    suspects[frame][line] = true;
                }

                from = to;
            }
        }
    }
}
