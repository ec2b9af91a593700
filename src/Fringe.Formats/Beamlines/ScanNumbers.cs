using System.Text.RegularExpressions;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Beamlines;

/// <summary>The scans of a file, for the message that the wanted one is not among them.</summary>
internal static partial class ScanNumbers
{
    private const int MostShown = 20;

    /// <summary>Whether a file with one scan bears a number in its name, as <c>p10_00042.fio</c> has 42.</summary>
    public static bool IsInName(string path, int number) =>
        Digits()
            .Matches(Path.GetFileNameWithoutExtension(path))
            .Any(digits => int.TryParse(digits.Value, out int found) && found == number);

    /// <summary>"it has 5 scans: 1-3, 7, 9"; a long list is cut.</summary>
    public static string List(IEnumerable<int> numbers)
    {
        int[] known = [.. numbers.Distinct().Order()];
        IReadOnlyList<string> runs = IndexRanges.Of(known);
        string more = runs.Count > MostShown ? ", ..." : "";
        return known switch
        {
            [] => "it has no scans at all",
            [int only] => $"it has only scan {only}",
            _ => $"it has {known.Length} scans: {string.Join(", ", runs.Take(MostShown))}{more}",
        };
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
