using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Spec;

/// <summary>
/// Reads one scan of a SPEC data file: <c>#S</c> begins it, <c>#O</c> and <c>#o</c> name the motors, <c>#P</c> says where they stood,
/// <c>#L</c> names the columns.
/// </summary>
public static class SpecFile
{
    /// <summary>Reads a scan; where a number occurs more than once, the last, which is the one that was not started again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scan">The number in <c>#S</c>; null where the file holds one scan.</param>
    /// <exception cref="InputException">Missing or damaged, no such scan (lists those there are), or several and none chosen.</exception>
    public static SpecScan Read(string path, int? scan)
    {
        using FileStream stream = Streams.OpenRead(path);
        try
        {
            return Read(stream, path, scan);
        }
        catch (IOException error)
        {
            throw InputException.ForFile(path, $"cannot be read: {Streams.OneLine(error.Message)}", inner: error);
        }
    }

    /// <param name="stream">Borrowed.</param>
    /// <param name="path">For messages.</param>
    /// <param name="scan">The number in <c>#S</c>; null where there is one.</param>
    internal static SpecScan Read(Stream stream, string path, int? scan)
    {
        using StreamReader reader = new(stream, leaveOpen: true);
        if (reader.Peek() != '#')
        {
            throw InputException.ForFile(path, "does not begin with '#'; expected a SPEC file");
        }

        SpecHeader header = new(path);
        SpecScanReader? open = null;
        SpecScan? wanted = null;
        List<int> numbers = [];
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            bool isScan = line.StartsWith("#S ", StringComparison.Ordinal);
            if (isScan || SpecHeader.Owns(line))
            {
                wanted = open?.Finish() ?? wanted;
                open = null;
            }

            if (isScan)
            {
                int found = Number(path, line, number);
                numbers.Add(found);
                open = found == (scan ?? numbers[0]) ? new SpecScanReader(path, found, line, header) : null;
            }
            else if (open is not null)
            {
                open.Take(line, number);
            }
            else
            {
                header.Take(line);
            }
        }

        if (scan is null && numbers.Distinct().Skip(1).Any())
        {
            throw InputException.ForFile(
                path,
                $"holds several scans, choose one with `ScanNumber`; {ScanNumbers.List(numbers)}"
            );
        }

        return open?.Finish()
            ?? wanted
            ?? throw InputException.ForFile(
                path,
                $"has no scan{(scan is null ? "" : $" {scan}")}; {ScanNumbers.List(numbers)}"
            );
    }

    private static int Number(string path, string line, int number)
    {
        string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && int.TryParse(words[1], out int found)
            ? found
            : throw InputException.ForFile(path, $"line {number}: '{Streams.OneLine(line)}' has no scan number");
    }
}
