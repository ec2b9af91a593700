using System.Text.RegularExpressions;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Cbf;

/// <summary>What the comment lines of DECTRIS's header say of the measurement: <c># Pixel_size 172e-6 m x 172e-6 m</c>.</summary>
internal static partial class CbfMetadata
{
    private const string Detector = "Detector";

    private static readonly string[] Keys =
    [
        "Photon_energy",
        "Wavelength",
        "Detector_distance",
        "Pixel_size",
        "Beam_xy",
        "Count_cutoff",
        "Exposure_time",
        "Exposure_period",
        "Threshold_setting",
        "Start_angle",
        "Angle_increment",
    ];

    /// <param name="cif">The text before the pixels.</param>
    public static IReadOnlyList<MetadataItem> Of(string cif)
    {
        List<MetadataItem> items = [];
        foreach (Match line in Line().Matches(cif).Cast<Match>())
        {
            if (line.Groups[1].Value == Detector && line.Groups[2].Value.Trim() is { Length: > 0 } name)
            {
                items.Add(new MetadataItem(Detector, Streams.OneLine(name), null));
                continue;
            }

            string? key = Keys.FirstOrDefault(known =>
                known.Equals(line.Groups[1].Value, StringComparison.OrdinalIgnoreCase)
            );
            Match[] numbers = [.. Number().Matches(line.Groups[2].Value).Cast<Match>()];
            if (key is null || numbers.Length is 0 or > 2)
            {
                continue;
            }

            string? unit = numbers[^1].Groups[2].Success ? numbers[^1].Groups[2].Value : null;
            string[] names = numbers.Length == 1 ? [key] : [$"{key}/x", $"{key}/y"];
            items.AddRange(numbers.Zip(names, (number, name) => new MetadataItem(name, number.Groups[1].Value, unit)));
        }

        return items;
    }

    [GeneratedRegex("^#[ \\t]*([A-Za-z_]+)[:= \\t]+(.*)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex("([-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?)\\)?(?:[ \\t]*([A-Za-z]+))?", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
