using System.Globalization;

namespace Fringe.Core.Preparation;

/// <summary>Whether a mask is the right way round. Beamlines differ in whether 0 or 1 is a good pixel.</summary>
internal static class MaskSense
{
    // A shadow hides many pixels and few photons, an overexposed centre few pixels and many photons.
    private const double MostPixels = 0.5;
    private const double MostPhotons = 0.5;

    // A detector of which more than half lies dark has a mask that hides fewer; an overexposed centre is no larger than what holds so many photons.
    private const double ManyPixels = 0.1;
    private const double NearlyAll = 0.9;
    private const double FarMore = 3;

    /// <summary>Stops where a mask hides most pixels and most photons.</summary>
    /// <param name="stack">Before the mask is applied.</param>
    /// <param name="mask">Not 0 = not measured; of a frame, or of the stack.</param>
    /// <param name="what">The mask, in words.</param>
    /// <param name="remedy">What to do.</param>
    /// <exception cref="InputException">It looks reversed.</exception>
    public static void Require(WorkingStack stack, float[] mask, string what, string remedy)
    {
        int pixels = stack.Height * stack.Width;
        (double Photons, int Pixels)[] hidden = FrameLoop.Of(stack.Depth, HiddenIn);
        double hiddenPhotons = hidden.Sum(frame => frame.Photons);
        double photons = stack.PhotonsOfFrames().Sum();
        double share = hidden.Sum(frame => (double)frame.Pixels) / stack.Intensity.Length;
        bool isReversed =
            hiddenPhotons > MostPhotons * photons
            && (
                share > MostPixels
                || (share > ManyPixels && hiddenPhotons > NearlyAll * photons && share > FarMore * LitShare(stack))
            );
        if (isReversed)
        {
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} hides {100 * share:F0} % of the pixels and {100 * hiddenPhotons / photons:F0} % of the photons: it looks reversed (not 0 means not measured); {remedy}"
                )
            );
        }

        (double Photons, int Pixels) HiddenIn(int frame)
        {
            int first = mask.Length == pixels ? 0 : frame * pixels;
            (double photonsHere, int pixelsHere) = (0, 0);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (mask[first + pixel] != 0)
                {
                    photonsHere += stack.Intensity[(frame * pixels) + pixel];
                    pixelsHere++;
                }
            }

            return (photonsHere, pixelsHere);
        }
    }

    // Share of the pixels that hold nearly all photons of the stack.
    private static double LitShare(WorkingStack stack)
    {
        int pixels = stack.Height * stack.Width;
        float[] sum = new float[pixels];
        FrameLoop.Run(
            stack.Height,
            row =>
            {
                for (int frame = 0; frame < stack.Depth; frame++)
                {
                    for (int pixel = row * stack.Width; pixel < (row + 1) * stack.Width; pixel++)
                    {
                        sum[pixel] += stack.Intensity[(frame * pixels) + pixel];
                    }
                }
            }
        );
        Array.Sort(sum);
        double left = NearlyAll * sum.Sum(value => (double)value);
        int lit = 0;
        while (lit < pixels && left > 0)
        {
            lit++;
            left -= sum[^lit];
        }

        return (double)lit / pixels;
    }
}
