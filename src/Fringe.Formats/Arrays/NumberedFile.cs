using System.Globalization;
using System.Text.RegularExpressions;

namespace Fringe.Formats.Arrays;

/// <summary>A file whose name ends in a number, beside others of its row: it may be one part of a scan.</summary>
internal static partial class NumberedFile
{
    /// <summary>What a user should know of the files with the numbers before and behind, one sentence; none where they are not there.</summary>
    /// <param name="path">Of a stack.</param>
    public static IEnumerable<string> Remarks(string path)
    {
        Match match = Numbered().Match(Path.GetFileName(path));
        if (!match.Success || !long.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out long number))
        {
            yield break;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        string[] others =
        [
            .. new[] { number - 1, number + 1 }
                .Where(one => one >= 0)
                .Select(one => match.Groups[1].Value + Digits(one, match.Groups[2].Length) + match.Groups[3].Value)
                .Where(name => File.Exists(Path.Combine(folder, name))),
        ];
        if (others.Length > 0)
        {
            yield return $"{Path.GetFileName(path)} has a number, and {string.Join(" and ", others)} lie{(others.Length == 1 ? "s" : "")} beside it: if they are parts of one scan, save them as one stack.";
        }
    }

    private static string Digits(long number, int length) =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');

    [GeneratedRegex(@"^(.*?)([0-9]+)((?:\.[A-Za-z]+[0-9]?)+)$")]
    private static partial Regex Numbered();
}
