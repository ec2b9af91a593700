using System.Globalization;

namespace Fringe.Core.Preparation;

/// <summary>Whether a mask is the right way round. Beamlines differ in whether 0 or 1 is a good pixel.</summary>
internal static class MaskSense
{
    // A shadow hides many pixels and few photons, an overexposed centre few pixels and many photons.
    private const double MostPixels = 0.5;
    private const double MostPhotons = 0.5;

    /// <summary>Stops where a mask hides most pixels and most photons.</summary>
    /// <param name="stack">Before the mask is applied.</param>
    /// <param name="mask">Not 0 = not measured; of a frame, or of the stack.</param>
    /// <param name="what">The mask, in words.</param>
    /// <param name="remedy">What to do.</param>
    /// <exception cref="InputException">It looks reversed.</exception>
    public static void Require(WorkingStack stack, float[] mask, string what, string remedy)
    {
        (double photons, double hiddenPhotons, long hidden) = (0, 0, 0);
        for (int i = 0; i < stack.Intensity.Length; i++)
        {
            bool isHidden = mask[i % mask.Length] != 0;
            photons += stack.Intensity[i];
            hiddenPhotons += isHidden ? stack.Intensity[i] : 0;
            hidden += isHidden ? 1 : 0;
        }

        double share = (double)hidden / stack.Intensity.Length;
        if (share > MostPixels && hiddenPhotons > MostPhotons * photons)
        {
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} hides {100 * share:F0} % of the pixels and {100 * hiddenPhotons / photons:F0} % of the photons: it looks reversed (not 0 means not measured); {remedy}"
                )
            );
        }
    }
}
