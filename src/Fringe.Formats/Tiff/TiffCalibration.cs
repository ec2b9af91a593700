using System.Globalization;
using System.Text.RegularExpressions;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Tiff;

/// <summary>
/// What ImageJ's description says of grey values: <c>c0</c> and <c>c1</c> of a straight line (<c>cf=0</c>). Signed 16 bit pixels are stored with 32768 added, <c>c0=-32768</c>.
/// </summary>
/// <param name="Values">What stored pixels mean.</param>
/// <param name="Remarks">What is not applied, one sentence each.</param>
internal sealed partial record TiffCalibration(PixelValues Values, IReadOnlyList<string> Remarks)
{
    private const double SignedOffset = -32768;

    /// <param name="description">Text of the first page.</param>
    public static TiffCalibration Of(string description)
    {
        if (!description.StartsWith("ImageJ=", StringComparison.Ordinal))
        {
            return new(PixelValues.Counts, []);
        }

        double? c0 = Number(description, "c0");
        double? c1 = Number(description, "c1");
        if (c0 is null && c1 is null)
        {
            return new(PixelValues.Counts, []);
        }

        if (c0 == SignedOffset && (c1 ?? 1) == 1 && (Number(description, "cf") ?? 0) == 0)
        {
            PixelValues signed = new() { Offset = SignedOffset, Place = "ImageJ's description (signed 16 bit, c0)" };
            return new(signed, []);
        }

        return c0 is null or 0 && (c1 ?? 1) == 1
            ? new(PixelValues.Counts, [])
            : new(
                PixelValues.Counts,
                [
                    FormattableString.Invariant(
                        $"ImageJ's description has a calibration of the grey values (c0 = {c0 ?? 0:g6}, c1 = {c1 ?? 1:g6}), which is not applied: the numbers are read as they are stored."
                    ),
                ]
            );
    }

    private static double? Number(string text, string key)
    {
        foreach (Match match in Line().Matches(text))
        {
            if (
                match.Groups[1].ValueSpan.SequenceEqual(key)
                && double.TryParse(
                    match.Groups[2].ValueSpan,
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out double value
                )
            )
            {
                return value;
            }
        }

        return null;
    }

    [GeneratedRegex("^(c[0-9f])=([-+0-9.eE]+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
