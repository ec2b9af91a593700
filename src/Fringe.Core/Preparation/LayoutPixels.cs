using System.Globalization;
using Fringe.Core.Values;

namespace Fringe.Core.Preparation;

/// <summary>What a detector's layout masks.</summary>
/// <param name="Pixels">Of a frame, masked.</param>
/// <param name="Doubt">Why the layout was left out; empty where it was not.</param>
internal sealed record LayoutPixels(int Pixels, string Doubt)
{
    // Single counts in a gap are a defect of the electronics; more than that is another layout's modules.
    private const double MostPixels = 0.01;
    private const double MostPhotons = 1e-3;

    /// <summary>Masks a detector's gaps and wide pixels in place.</summary>
    /// <param name="stack">As screened; changed.</param>
    /// <param name="detector">The layout; null = not known, or none.</param>
    /// <param name="roiOrigin">The frames' first pixel on the detector; null = they show it whole.</param>
    /// <param name="region">The part of the frames that the stack shows; null = all of them.</param>
    /// <exception cref="InputException">The frames are not the detector's, or its gaps hold photons.</exception>
    public static LayoutPixels Mask(
        WorkingStack stack,
        DetectorMask? detector,
        PixelIndex? roiOrigin,
        DetectorRegion? region = null
    )
    {
        if (detector is null)
        {
            return new LayoutPixels(0, "");
        }

        PixelIndex frames = Origin(region?.FrameSize ?? (stack.Height, stack.Width), detector, roiOrigin);
        PixelIndex origin = new(frames.Row + (region?.Origin.Row ?? 0), frames.Column + (region?.Origin.Column ?? 0));
        bool[] gaps = Cut(stack, detector, detector.Gaps, origin);
        bool[] wide = Cut(stack, detector, detector.Wide, origin);
        if (PhotonsInGaps(stack, gaps) is { } doubt)
        {
            return detector.IsAssumed
                ? new LayoutPixels(0, $"{detector.Name}: {doubt}")
                : throw new InputException(
                    $"`Detector` {detector.Name}: {doubt}: it is another detector's layout, or the frames lie elsewhere on it (`RoiOrigin`), or were changed since; "
                        + "`Detector` none leaves it out"
                );
        }

        for (int i = 0; i < stack.Intensity.Length; i++)
        {
            if (gaps[i % gaps.Length] || wide[i % wide.Length])
            {
                stack.MaskOut(i);
            }
        }

        return new LayoutPixels(gaps.Zip(wide, (gap, other) => gap || other).Count(masked => masked), "");
    }

    private static PixelIndex Origin((int Height, int Width) size, DetectorMask detector, PixelIndex? roiOrigin)
    {
        if (size.Height == detector.Rows && size.Width == detector.Columns)
        {
            return default;
        }

        string sizes =
            $"`Detector` {detector.Name} has {detector.Rows} x {detector.Columns} pixels, the frames have {size.Height} x {size.Width}";
        PixelIndex origin =
            roiOrigin
            ?? throw new InputException(
                $"{sizes}; if they are a region of it, say where it starts with `RoiOrigin` ROW,COLUMN, else it is another detector"
            );
        return
            origin.Row >= 0
            && origin.Column >= 0
            && origin.Row + size.Height <= detector.Rows
            && origin.Column + size.Width <= detector.Columns
            ? origin
            : throw new InputException(
                $"{sizes}, which do not lie on it from pixel {origin.Row},{origin.Column} (`RoiOrigin`)"
            );
    }

    private static bool[] Cut(WorkingStack stack, DetectorMask detector, bool[] pixels, PixelIndex origin)
    {
        bool[] cut = new bool[stack.Height * stack.Width];
        for (int row = 0; row < stack.Height; row++)
        {
            int from = ((origin.Row + row) * detector.Columns) + origin.Column;
            Array.Copy(pixels, from, cut, row * stack.Width, stack.Width);
        }

        return cut;
    }

    private static string? PhotonsInGaps(WorkingStack stack, bool[] gaps)
    {
        (double photons, double all) = (0, 0);
        bool[] hit = new bool[gaps.Length];
        for (int i = 0; i < stack.Intensity.Length; i++)
        {
            int pixel = i % gaps.Length;
            all += stack.Intensity[i];
            photons += gaps[pixel] ? stack.Intensity[i] : 0;
            hit[pixel] |= gaps[pixel] && stack.Intensity[i] > 0;
        }

        int hits = hit.Count(pixel => pixel);
        int count = gaps.Count(gap => gap);
        return hits > MostPixels * count || photons > MostPhotons * all
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{hits} of the {count} pixels in its gaps hold photons, {photons:g4} of {all:g4}"
            )
            : null;
    }
}
