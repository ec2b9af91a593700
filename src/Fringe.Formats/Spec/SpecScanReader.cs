using System.Globalization;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Spec;

/// <summary>Gathers the lines of one scan of a SPEC file.</summary>
internal sealed class SpecScanReader(string path, int scan, string command, SpecHeader header)
{
    private static readonly char[] Blanks = [' ', '\t'];
    private readonly SortedDictionary<int, double[]> positions = [];
    private readonly List<string> comments = [];
    private readonly List<(int Line, double[] Values)> points = [];
    private string date = "";
    private readonly List<double> begun = [];
    private string? labels;
    private int wrapped;
    private bool isInSpectrum;

    /// <summary>
    /// Whether a line is no longer the scan's: a header after its points, or after its labels where there is no point. Names of motors
    /// before its first point are its own.
    /// </summary>
    public bool EndsBefore(string line) =>
        SpecHeader.Names(line) ? points.Count > 0 : IsHeader(line) && (points.Count > 0 || labels is not null);

    /// <param name="line">Without blanks around it.</param>
    /// <param name="number">In the file, from 1.</param>
    public void Take(string line, int number)
    {
        // A multi-channel spectrum, @A and lines that end in a backslash, is no point of the scan.
        if (isInSpectrum || line.StartsWith('@'))
        {
            isInSpectrum = line.EndsWith('\\');
        }
        else if (SpecHeader.Names(line))
        {
            header.Take(line);
        }
        else if (SpecHeader.Row(line, "#P") is { } row)
        {
            positions[row.Number] = Numbers(row.Text);
        }
        else if (line.StartsWith("#L ", StringComparison.Ordinal) || line.StartsWith("#L\t", StringComparison.Ordinal))
        {
            labels = line[3..];
        }
        else if (line.StartsWith("#N", StringComparison.Ordinal))
        {
            wrapped = Wrapped(line[2..]);
        }
        else if (line.StartsWith("#C", StringComparison.Ordinal))
        {
            comments.Add(line[2..].Trim());
        }
        else if (line.StartsWith("#D ", StringComparison.Ordinal) && date.Length == 0)
        {
            date = line[3..].Trim();
        }
        else if (line.Length > 0 && line[0] != '#')
        {
            if (begun.Count == 0 && points.Count == 0 && DecimalComma(line) is { } word)
            {
                throw InputException.ForFile(
                    path,
                    $"line {number}: '{Streams.OneLine(word)}' is no number: a SPEC file has decimal points, no commas; replace them in the scan's points and #P rows"
                );
            }

            begun.AddRange(Numbers(line));
            if (begun.Count >= wrapped)
            {
                points.Add((number, [.. begun]));
                begun.Clear();
            }
        }
    }

    public SpecScan Finish()
    {
        int width = points.Count > 0 ? points[0].Values.Length : 0;
        string[] columns = labels is null ? [] : SpecHeader.Split(labels, width);
        foreach ((int line, double[] values) in points)
        {
            if (values.Length != columns.Length)
            {
                throw InputException.ForFile(
                    path,
                    $"line {line}: {values.Length} values for {columns.Length} columns; if the file is whole, {ScanRecord.WayOut}"
                );
            }
        }

        return new SpecScan
        {
            Path = path,
            Number = scan,
            Command = command,
            Date = date,
            Motors = header.Motors(positions),
            Columns = columns,
            Points = [.. points.Select(point => point.Values)],
            Comments = comments,
        };
    }

    // "#N 15 8": a point has 15 values, eight a line.
    private static int Wrapped(string text)
    {
        string[] words = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return
            words.Length == 2
            && int.TryParse(words[0], out int values)
            && int.TryParse(words[1], out int line)
            && line < values
            ? values
            : 0;
    }

    private static bool IsHeader(string line) =>
        line.StartsWith("#F", StringComparison.Ordinal) || line.StartsWith("#E", StringComparison.Ordinal);

    // 10,01: spreadsheets and some exports write so, and no points then.
    private static string? DecimalComma(string line) =>
        (line.Contains('.') ? "" : line)
            .Split(Blanks, StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word =>
                word.Count(letter => letter == ',') == 1
                && double.IsNaN(Number(word))
                && double.IsFinite(Number(word.Replace(',', '.')))
            );

    private static double[] Numbers(string text) =>
        [.. text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    // Counters write what they like; whether a number is one is asked where it is used.
    private static double Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
