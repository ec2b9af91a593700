using Fringe.Core.Values;

namespace Fringe.Core.Preparation;

/// <summary>
/// Finds the part of a detector that the Bragg peak lights up, from some of its frames: what a stack too large to be held is read through. Pixels that hold one number in all
/// those frames, or one that no detector counts to, take no part.
/// </summary>
public sealed class RegionFinder
{
    // As many frames as tell a gap's code from counts.
    private const int FewestFrames = 4;
    private const double KeptShare = 0.99;

    // So much wider than what is lit.
    private const double Margin = 1.5;
    private const int LeastLength = 128;

    // Binning by any small factor begins at the region's first pixel as it would at the detector's.
    private const int Alignment = 60;

    private readonly int height;
    private readonly int width;
    private readonly float[] sum;
    private readonly float[] least;
    private readonly float[] most;
    private int frames;

    /// <param name="height">Rows of the detector.</param>
    /// <param name="width">Columns of the detector.</param>
    public RegionFinder(int height, int width)
    {
        this.height = height;
        this.width = width;
        sum = new float[height * width];
        least = new float[height * width];
        most = new float[height * width];
    }

    /// <summary>Takes a frame into account.</summary>
    /// <param name="counts">C order, of the detector's size.</param>
    public void Add(ReadOnlySpan<float> counts)
    {
        for (int pixel = 0; pixel < sum.Length; pixel++)
        {
            float value = counts[pixel];
            least[pixel] = frames == 0 ? value : Math.Min(least[pixel], value);
            most[pixel] = frames == 0 ? value : Math.Max(most[pixel], value);
            sum[pixel] += value is > 0 and < GapPixels.Uncountable ? value : 0;
        }

        frames++;
    }

    /// <summary>The region about the peak; null where no light stands out.</summary>
    /// <param name="isMasked">Which pixels measure nothing; null = not known.</param>
    /// <param name="mostPixels">That it may have.</param>
    public DetectorRegion? Find(IReadOnlyList<bool>? isMasked, long mostPixels)
    {
        float[] light = [.. sum.Select((value, pixel) => IsCounting(pixel) && isMasked?[pixel] != true ? value : 0)];
        WorkingStack image = new(light, new bool[light.Length], 1, height, width);
        if (!image.HasSignal)
        {
            return null;
        }

        _ = HotPixels.Mask(image);
        int[] peak = PeakFinder.Find(image);
        float[] boxes = BoxFilter.Sum(image.Intensity, image.Shape, 1);
        double level = SignalExtent.Level(boxes);
        long[] rows = new long[height];
        long[] columns = new long[width];
        for (int pixel = 0; pixel < boxes.Length; pixel++)
        {
            rows[pixel / width] += boxes[pixel] > level ? 1 : 0;
            columns[pixel % width] += boxes[pixel] > level ? 1 : 0;
        }

        if (rows[peak[1]] == 0)
        {
            return null;
        }

        double high = Length(rows, peak[1]);
        double wide = Length(columns, peak[2]);
        double shrink = Math.Min(1, Math.Sqrt(mostPixels / (high * wide)));
        (int row, int rowCount) = Span(peak[1], high * shrink, height);
        (int column, int columnCount) = Span(peak[2], wide * shrink, width);
        return new DetectorRegion(new PixelIndex(row, column), (rowCount, columnCount), (height, width));
    }

    private bool IsCounting(int pixel) =>
        !(least[pixel] == most[pixel] && least[pixel] != 0 && frames >= FewestFrames)
        && least[pixel] > NegativeValues.Impossible;

    private static double Length(long[] profile, int peak) =>
        Math.Max(LeastLength, 2 * Margin * (SignalExtent.Half(profile, peak, KeptShare) + 1));

    private static (int First, int Count) Span(int peak, double length, int most)
    {
        int half = (int)Math.Ceiling(length / 2);
        int first = Math.Max(0, peak - half) / Alignment * Alignment;
        return (first, Math.Min(most, peak + half) - first);
    }
}
