using System.Text;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Spec;

/// <summary>
/// Reads one scan of a SPEC data file, as SPEC, Sardana and others write it: <c>#S</c> begins it, <c>#O</c> and <c>#o</c> name the motors,
/// before the scans or within each, <c>#P</c> says where they stood, <c>#L</c> names the columns.
/// </summary>
public static class SpecFile
{
    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>
    /// Reads a scan; where a number occurs more than once, the last that has points, and the scan's remarks say so: files are appended to
    /// when a measurement is started again.
    /// </summary>
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
        using StreamReader reader = new(stream, Encoding.Latin1, leaveOpen: true);
        SpecHeader header = new(path);
        SpecScanReader? open = null;
        List<SpecScan> wanted = [];
        List<int> numbers = [];
        bool isSpec = false;
        for (int number = 1; reader.ReadLine() is { } bytes; number++)
        {
            string line = Text(bytes);
            if (!isSpec && line.Length > 0)
            {
                RequireSpec(path, line);
                isSpec = true;
            }

            bool isScan = IsScan(line);
            if (open is not null && (isScan || open.EndsBefore(line)))
            {
                wanted.Add(open.Finish());
                open = null;
            }

            if (isScan)
            {
                (int found, string command) = Begin(path, line, number);
                numbers.Add(found);
                header.Complete();
                open = found == (scan ?? numbers[0]) ? new SpecScanReader(path, found, command, header) : null;
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

        if (open is not null)
        {
            wanted.Add(open.Finish());
        }

        return Choose(path, scan, wanted, numbers);
    }

    private static SpecScan Choose(string path, int? scan, List<SpecScan> wanted, List<int> numbers)
    {
        if (scan is null && numbers.Distinct().Skip(1).Any())
        {
            throw InputException.ForFile(
                path,
                $"holds several scans, choose one with `ScanNumber`; {ScanNumbers.List(numbers)}"
            );
        }

        if (wanted.Count == 0)
        {
            throw InputException.ForFile(
                path,
                $"has no scan{(scan is null ? "" : $" {scan}")}; {ScanNumbers.List(numbers)}"
            );
        }

        SpecScan taken = wanted.LastOrDefault(one => one.Points.Count > 0) ?? wanted[^1];
        if (wanted.Count == 1)
        {
            return taken;
        }

        string others = string.Join(", ", wanted.Where(one => one != taken).Take(5).Select(Summary));
        return taken with
        {
            OtherPoints = [.. wanted.Where(one => one != taken).Select(one => one.Points.Count)],
            Remarks =
            [
                $"{path} has scan {taken.Number} {wanted.Count} times. The last with points is taken ({Summary(taken)}), not the one before it "
                    + $"({others}); if the frames are that one's, copy it to a file of its own.",
            ],
        };
    }

    private static string Summary(SpecScan scan) =>
        $"{Streams.OneLine($"{scan.Date}: {scan.Command}")}, {scan.Points.Count} points";

    private static void RequireSpec(string path, string line)
    {
        if (line[0] != '#')
        {
            throw InputException.ForFile(path, "does not begin with '#'; expected a SPEC file");
        }
    }

    // Most files are ASCII; of the others some are UTF-8 and some Latin 1.
    private static string Text(string bytes)
    {
        string line = bytes.Trim(' ', '\t', '\0', '\uFEFF');
        if (line.All(char.IsAscii) || line.Any(letter => letter > 255))
        {
            return line;
        }

        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(line)).Trim('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return line;
        }
    }

    private static bool IsScan(string line) =>
        line.StartsWith("#S", StringComparison.Ordinal)
        && (line.Length == 2 || line[2] is ' ' or '\t' || char.IsAsciiDigit(line[2]));

    private static (int Number, string Command) Begin(string path, string line, int number)
    {
        string[] words = line[2..].Split(Blanks, 2, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && int.TryParse(words[0], out int found)
            ? (found, words.Length > 1 ? words[1].Trim() : "")
            : throw InputException.ForFile(path, $"line {number}: '{Streams.OneLine(line)}' has no scan number");
    }
}
