namespace Fringe.Formats.Arrays;

/// <summary>What the numbers of a mask mean: not 0 = not measured, unless its name says that it marks good pixels, or its format that a bit is harmless.</summary>
/// <param name="Remarks">What a user should know of it, one sentence each.</param>
internal sealed record MaskMeaning(IReadOnlyList<string> Remarks)
{
    // Whole numbers that float32 holds.
    private const float MostBits = 1 << 24;

    /// <summary>Turns numbers as they stand in a file into a mask, in place.</summary>
    /// <param name="values">Not 0 = not measured afterwards.</param>
    /// <param name="source">Their file.</param>
    /// <param name="mask">The array that they are of.</param>
    public static MaskMeaning Apply(float[] values, ArraySource source, StoredArray mask)
    {
        if (ArrayNames.IsOfGoodPixels(mask.Name))
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = values[i] == 0 ? 1 : 0;
            }

            return new([Reversed(mask.Name)]);
        }

        uint harmless = source.HarmlessMaskBits(mask);
        int freed = 0;
        for (int i = 0; i < values.Length && harmless != 0; i++)
        {
            if (values[i] is > 0 and < MostBits && ((uint)values[i] & harmless) != 0)
            {
                values[i] = (uint)values[i] & ~harmless;
                freed += values[i] == 0 ? 1 : 0;
            }
        }

        return new(
            freed == 0
                ? []
                :
                [
                    $"{mask.Name} marks {freed} pixels with bits that mean no fault (a found peak, a corrected or subtracted value; CXI): they count as measured.",
                ]
        );
    }

    /// <summary>The same of a copy.</summary>
    /// <inheritdoc cref="Apply"/>
    /// <returns>True = not measured.</returns>
    public static bool[] IsMasked(float[] values, ArraySource source, StoredArray mask)
    {
        float[] copy = [.. values];
        Apply(copy, source, mask);
        return [.. copy.Select(value => value != 0)];
    }

    private static string Reversed(string name) =>
        $"{name} is taken for a mask of good pixels, as its name says: its zeros are not measured.";
}
