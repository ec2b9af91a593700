namespace Fringe.Core.Preparation;

/// <summary>Whether a frame was measured, by its noise: simulated intensities without noise have frames that are alike, or empty, and no fault.</summary>
internal static class PhotonNoise
{
    // Counts, whatever they were divided by, leave hardly a value between none and half of one; an intensity without noise fades through them.
    private const float HalfCount = 0.5f;
    private const double FewHalfCounts = 0.01;

    // So many counts that none stands alone.
    private const double FewZeros = 0.05;

    /// <summary>Single photons stand alone where an intensity without noise, rounded, fades to 0 all around.</summary>
    /// <param name="frame">As read.</param>
    /// <param name="hidden">Pixels that hold no counts.</param>
    /// <param name="width">Pixels of a row.</param>
    public static bool IsIn(ReadOnlySpan<float> frame, bool[] hidden, int width)
    {
        (int halves, int zeros, int alone) = (0, 0, 0);
        for (int pixel = 0; pixel < frame.Length; pixel++)
        {
            float value = frame[pixel];
            if (value < 0 && !hidden[pixel])
            {
                return true;
            }

            halves += value is > 0 and < HalfCount ? 1 : 0;
            zeros += value == 0 ? 1 : 0;
            bool isInside =
                pixel % width > 0 && pixel % width < width - 1 && pixel >= width && pixel < frame.Length - width;
            alone +=
                isInside
                && value > 0
                && frame[pixel - 1] == 0
                && frame[pixel + 1] == 0
                && frame[pixel - width] == 0
                && frame[pixel + width] == 0
                    ? 1
                    : 0;
        }

        return halves < FewHalfCounts * frame.Length && (alone > 0 || zeros < FewZeros * frame.Length);
    }
}
