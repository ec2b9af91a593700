using System.Globalization;
using System.Text;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Fio;

/// <summary>
/// Reads a .fio file, DESY's text file of one scan: after <c>%c</c> what was typed and when, after <c>%p</c> where the motors stood
/// (<c>om = 10</c>), after <c>%d</c> the columns' names (<c>Col 1 om DOUBLE</c>) and one line a point. <c>!</c> begins a comment.
/// </summary>
public static class FioFile
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Whether a file is one, by its first line: a comment or the mark of a part.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static bool IsFio(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        byte[] start = new byte[Math.Min(4096, stream.Length)];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        string text = Encoding.Latin1.GetString(start, 0, read).TrimStart(' ', '\t', '\r', '\n', 'ï', '»', '¿');
        return text.StartsWith('!') || (text.Length > 1 && text[0] == '%' && text[1] is 'c' or 'p' or 'd');
    }

    /// <summary>Reads the scan.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Missing or damaged; says where.</exception>
    public static FioScan Read(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        try
        {
            return Read(stream, path);
        }
        catch (IOException error)
        {
            throw InputException.ForFile(path, $"cannot be read: {Streams.OneLine(error.Message)}", inner: error);
        }
    }

    /// <param name="stream">Borrowed.</param>
    /// <param name="path">For messages.</param>
    internal static FioScan Read(Stream stream, string path)
    {
        using StreamReader reader = new(stream, Encoding.Latin1, leaveOpen: true);
        List<string> comments = [];
        Dictionary<string, double> motors = [];
        List<(int Number, string Name)> columns = [];
        List<IReadOnlyList<double>> points = [];
        char part = ' ';
        for (int number = 1; reader.ReadLine() is { } text; number++)
        {
            string line = text.Trim();
            if (line.Length == 0 || line[0] == '!')
            {
                continue;
            }

            if (line[0] == '%')
            {
                part = line.Length > 1 ? char.ToLowerInvariant(line[1]) : ' ';
            }
            else if (part == 'c')
            {
                comments.Add(line);
            }
            else if (part == 'p' && line.IndexOf('=') is var equals && equals > 0)
            {
                motors[line[..equals].Trim()] = Number(line[(equals + 1)..]);
            }
            else if (part == 'd')
            {
                string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 2 && words[0] == "Col" && int.TryParse(words[1], out int column))
                {
                    columns.Add((column, words[2]));
                }
                else
                {
                    points.Add(Point(words, columns.Count, $"line {number}", path));
                }
            }
        }

        if (part == ' ')
        {
            throw InputException.ForFile(path, "has none of the parts %c, %p and %d; expected a .fio file");
        }

        return new FioScan
        {
            Path = path,
            Command = comments.FirstOrDefault() ?? "",
            Motors = motors,
            Columns = Ordered(columns, path),
            Points = points,
        };
    }

    private static double[] Point(string[] words, int columns, string where, string path) =>
        words.Length == columns
            ? [.. words.Select(Number)]
            : throw InputException.ForFile(
                path,
                $"{where}: {words.Length} values for {columns} columns; if the file is whole, {ScanRecord.WayOut}"
            );

    // Columns are numbered from 1 (some programs': from 0) in the order of the values.
    private static IReadOnlyList<string> Ordered(List<(int Number, string Name)> columns, string path)
    {
        for (int i = 1; i < columns.Count; i++)
        {
            if (columns[i].Number != columns[i - 1].Number + 1)
            {
                throw InputException.ForFile(
                    path,
                    $"column {columns[i].Number} follows column {columns[i - 1].Number}: which values are whose is not known; {ScanRecord.WayOut}"
                );
            }
        }

        return [.. columns.Select(column => column.Name)];
    }

    // Parameters may be text, and counters write what they like; whether a number is one is asked where it is used.
    private static double Number(string word) =>
        double.TryParse(word.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : double.NaN;
}
