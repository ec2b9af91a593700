using System.Text.RegularExpressions;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>What a user should know of how an HDF5 file was read, one sentence each.</summary>
internal static partial class Hdf5Remarks
{
    private const int MostNamed = 3;

    /// <param name="path">The file's.</param>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">What is read of it.</param>
    public static IEnumerable<string> Of(string path, Hdf5Tree tree, Hdf5Stack stack)
    {
        if (stack.Parts.Count > 1)
        {
            yield return $"The scan is in {stack.Parts.Count} parts, {stack.Parts[0].Path} to {stack.Parts[^1].Path}, read one after another.";
        }

        foreach (string remark in stack.Chosen.Remarks.Concat(Hdf5FrameNumbers.Remarks(tree, stack)))
        {
            yield return remark;
        }

        if (stack.IsTransposed)
        {
            yield return $"{stack.Name} is {stack.Writer}'s: it is read as an array (row, column, frame), and comes as (frame, row, column).";
        }

        (string Path, string Reason)[] broken = [.. tree.Broken.Where(link => !ArrayNames.IsMask(link.Path))];
        if (stack.Chosen.IsLargest && broken.Length > 0)
        {
            yield return $"{stack.Name} is the largest stack that is there, but {Names(broken.Select(link => link.Path))} in the file lead nowhere ({broken[0].Reason}).";
        }

        if (Siblings(path) is [_, ..] others)
        {
            yield return $"{Path.GetFileName(path)} is named like one part of a scan, and {Names(others)} lie beside it: give their master file for all of it.";
        }
    }

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string more = all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "";
        return string.Join(", ", all.Take(MostNamed)) + more;
    }

    // scan_data_000001.h5 of DECTRIS beside scan_data_000002.h5.
    private static string[] Siblings(string path)
    {
        Match match = PartOfScan().Match(Path.GetFileName(path));
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!match.Success || !File.Exists(path))
        {
            return [];
        }

        return
        [
            .. Directory
                .EnumerateFiles(folder, $"{match.Groups[1].Value}*{match.Groups[2].Value}")
                .Select(file => Path.GetFileName(file)!)
                .Where(name =>
                    name != Path.GetFileName(path)
                    && PartOfScan().Match(name) is { Success: true } other
                    && other.Groups[1].Value == match.Groups[1].Value
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"^(.*_data_)\d+(\.(?:h5|hdf5|nxs))$", RegexOptions.IgnoreCase)]
    private static partial Regex PartOfScan();
}
