using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Tiff;

/// <summary>What the text of a TIFF file's first page says of all its frames. ImageJ, OME and tifffile write such texts.</summary>
/// <param name="Writer">For people: "ImageJ".</param>
/// <param name="Axes">The axes before row and column that are longer than 1, slowest first.</param>
/// <param name="Frames">Their product; at least 1.</param>
/// <param name="MayHaveOnePage">The writer may give the first frame a page alone and lay the others behind it.</param>
internal sealed partial record TiffDescription(
    string Writer,
    IReadOnlyList<string> Axes,
    long Frames,
    bool MayHaveOnePage
)
{
    /// <summary>What a page's text says; null where it says nothing of a stack.</summary>
    /// <param name="text">Of the tag 270.</param>
    public static TiffDescription? Of(string text)
    {
        if (
            text.StartsWith("ImageJ=", StringComparison.Ordinal) || text.StartsWith("SCIFIO=", StringComparison.Ordinal)
        )
        {
            return OfImageJ(text);
        }

        return Pixels().Match(text) is { Success: true } pixels && text.Contains("<OME", StringComparison.Ordinal)
                ? Of("OME", pixels.Value, ["SizeT", "SizeZ", "SizeC"], mayHaveOnePage: false)
            : text.StartsWith('{') ? OfTifffile(text)
            : null;
    }

    private static TiffDescription OfImageJ(string text)
    {
        TiffDescription axes = Of("ImageJ", text, ["frames", "slices", "channels"], mayHaveOnePage: true);
        long images = Of("ImageJ", text, ["images"], mayHaveOnePage: true).Frames;
        // A plain stack has no axes but the number of its images.
        return axes with { Frames = Math.Max(images, axes.Frames) };
    }

    private static TiffDescription? OfTifffile(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (!json.RootElement.TryGetProperty("shape", out JsonElement shape))
            {
                return null;
            }

            // The last axis may be that of samples.
            long[] all = [.. shape.EnumerateArray().Select(axis => axis.GetInt64())];
            long[] lengths = all[..Math.Max(0, Array.FindLastIndex(all, length => length != 1) - 1)];
            return new TiffDescription(
                "tifffile",
                [.. lengths.Where(length => length > 1).Select(length => $"{length}")],
                Shapes.Count(lengths),
                MayHaveOnePage: true
            );
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // Somebody else's text.
            return null;
        }
    }

    // Lengths by name: images=41, or SizeT="41".
    private static TiffDescription Of(string writer, string text, string[] names, bool mayHaveOnePage)
    {
        var lengths = names
            .Select(name => (Name: name, Length: LengthOf(text, name)))
            .Where(axis => axis.Length > 1)
            .ToArray();
        return new TiffDescription(
            writer,
            [.. lengths.Select(axis => $"{axis.Name} {axis.Length}")],
            Shapes.Count([.. lengths.Select(axis => axis.Length)]),
            mayHaveOnePage
        );
    }

    private static long LengthOf(string text, string name)
    {
        foreach (Match match in Length().Matches(text))
        {
            if (
                match.Groups[1].ValueSpan.SequenceEqual(name)
                && long.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out long length)
            )
            {
                return length;
            }
        }

        return 1;
    }

    [GeneratedRegex("\\b([A-Za-z]+)=\"?([0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Length();

    [GeneratedRegex("<(?:\\w+:)?Pixels\\s[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Pixels();
}
