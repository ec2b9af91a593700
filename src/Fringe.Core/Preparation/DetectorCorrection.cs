using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Pixels of a frame (voxels, where they differ from frame to frame) that corrections mask.</summary>
/// <param name="Bad">By dark, flat or mask file.</param>
/// <param name="Recorded">By the mask that came with the frames.</param>
/// <param name="Layout">By the detector's layout.</param>
internal sealed record CorrectedPixels(int Bad, int Recorded, LayoutPixels Layout);

/// <summary>
/// Dark, flat field and masks applied to the frames: <c>(I - dark) / flat</c>, bad pixels into the mask.
/// </summary>
internal static class DetectorCorrection
{
    // A dark pixel is bad when it lies this many (robust) standard deviations, and at least one count, above the median.
    private const double DarkOutlier = 10;

    // A flat pixel is bad outside this range about the median.
    private const double LeastEfficiency = 0.2;
    private const double MostEfficiency = 5;

    /// <summary>Corrects the stack in place.</summary>
    /// <param name="stack">Changed.</param>
    /// <param name="corrections">Borrowed.</param>
    /// <param name="roiOrigin">The frames' first pixel on the chip that the corrections show whole; null = they have the frames' size.</param>
    /// <param name="region">The part of the frames that the stack shows; null = all of them.</param>
    /// <exception cref="InputException">A correction's shape is not the frames', or a mask looks reversed.</exception>
    public static CorrectedPixels Apply(
        WorkingStack stack,
        Corrections corrections,
        PixelIndex? roiOrigin,
        DetectorRegion? region = null
    )
    {
        int recorded = 0;
        if (Fit(corrections.RecordedMask, nameof(corrections.RecordedMask), stack, null, region) is { } own)
        {
            MaskSense.Require(
                stack,
                own,
                "the file's own mask",
                "give it the other way round as `Mask`, with `Mask` none to leave the file's out"
            );
            recorded = MaskOut(stack, own);
        }

        LayoutPixels layout = LayoutPixels.Mask(stack, corrections.Detector, roiOrigin, region);
        if (corrections.Dark is null && corrections.Flat is null && corrections.Mask is null)
        {
            return new CorrectedPixels(0, recorded, layout);
        }

        float[]? dark = Fit(corrections.Dark, nameof(corrections.Dark), stack, roiOrigin, region);
        float[]? flat = Fit(corrections.Flat, nameof(corrections.Flat), stack, roiOrigin, region);
        float[]? mask = Fit(corrections.Mask, nameof(corrections.Mask), stack, roiOrigin, region);
        if (mask is not null)
        {
            MaskSense.Require(
                stack,
                mask,
                $"`{nameof(corrections.Mask)}`",
                "save it with 0 in the pixels that were measured"
            );
        }

        (double darkMedian, double darkLimit) = dark is null ? (0, 0) : DarkLimit(dark);
        double flatMedian = flat is null ? 1 : Median(flat.Where(value => value > 0));
        if (!(flatMedian > 0))
        {
            throw new InputException("flat field: no pixel is above 0; give a flat that was exposed");
        }

        int frame = stack.Height * stack.Width;
        HashSet<int> bad = [];
        for (int i = 0; i < stack.Intensity.Length; i++)
        {
            float darkCounts = At(dark, i, frame);
            double efficiency = flat is null ? 1 : At(flat, i, frame) / flatMedian;
            bool isBad =
                !(darkCounts <= darkLimit)
                || !(efficiency is >= LeastEfficiency and <= MostEfficiency)
                || At(mask, i, frame) != 0;
            if (isBad)
            {
                bad.Add(i % frame);
                stack.MaskOut(i);
            }
            else if (!stack.Mask[i])
            {
                stack.Intensity[i] = (float)(Math.Max(0, stack.Intensity[i] - darkCounts) / efficiency);
            }
        }

        return new CorrectedPixels(bad.Count, recorded, layout);
    }

    private static int MaskOut(WorkingStack stack, float[] mask)
    {
        int frame = stack.Height * stack.Width;
        bool[] masked = FrameLoop.Of(
            frame,
            pixel =>
            {
                if (mask.Length == frame && mask[pixel] == 0)
                {
                    return false;
                }

                bool isMasked = false;
                for (int i = pixel; i < stack.Intensity.Length; i += frame)
                {
                    if (At(mask, i, frame) != 0)
                    {
                        isMasked = true;
                        stack.MaskOut(i);
                    }
                }

                return isMasked;
            }
        );
        return masked.Count(pixel => pixel);
    }

    private static float At(float[]? values, int index, int frame) =>
        values is null ? 0
        : values.Length == frame ? values[index % frame]
        : values[index];

    private static (double Median, double Limit) DarkLimit(float[] dark)
    {
        double median = Median(dark);
        double deviation = 1.4826 * Median(dark.Select(value => (float)Math.Abs(value - median)));
        return (median, median + Math.Max(1, DarkOutlier * deviation));
    }

    private static double Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(float.IsFinite)];
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }

    // One frame, or the whole stack; cut from the whole chip when the frames are a region of it, and as the stack is cut from the frames.
    private static float[]? Fit(
        RealVolume? correction,
        string name,
        WorkingStack stack,
        PixelIndex? roiOrigin,
        DetectorRegion? region
    )
    {
        if (correction is null)
        {
            return null;
        }

        (int height, int width) = region?.FrameSize ?? (stack.Height, stack.Width);
        bool sameSize = correction.Height == height && correction.Width == width;
        (int row, int column) = sameSize ? default : roiOrigin ?? default;
        bool contains =
            (sameSize || roiOrigin is not null)
            && row >= 0
            && column >= 0
            && row + height <= correction.Height
            && column + width <= correction.Width;
        if (!contains || (correction.Depth != 1 && correction.Depth != stack.Depth))
        {
            string larger =
                correction.Height >= height && correction.Width >= width && roiOrigin is null
                    ? "; if the frames are a region of that chip, say where it starts with `RoiOrigin` ROW,COLUMN, else it is another detector's, or its modules are laid out otherwise"
                    : $"; expected {height} x {width}, for all frames, or one for each: is it another detector's?";
            throw new InputException(
                $"`{name}`: its shape {Shape(correction.Depth, correction.Height, correction.Width)} does not fit the data's "
                    + $"{stack.Depth} frames of {height} x {width}{larger}"
            );
        }

        row += region?.Origin.Row ?? 0;
        column += region?.Origin.Column ?? 0;
        if (correction.Height == stack.Height && correction.Width == stack.Width)
        {
            return correction.Values;
        }

        float[] cut = new float[correction.Depth * stack.Height * stack.Width];
        for (int z = 0; z < correction.Depth; z++)
        {
            for (int y = 0; y < stack.Height; y++)
            {
                int from = ((((z * correction.Height) + row + y) * correction.Width) + column);
                Array.Copy(correction.Values, from, cut, ((z * stack.Height) + y) * stack.Width, stack.Width);
            }
        }

        return cut;
    }

    private static string Shape(int depth, int height, int width) =>
        depth == 1 ? $"{height} x {width}" : $"{depth} x {height} x {width}";
}
