using System.Globalization;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Spec;

/// <summary>Gathers the lines of one scan of a SPEC file.</summary>
internal sealed class SpecScanReader(string path, int scan, string first, SpecHeader header)
{
    private readonly SortedDictionary<int, double[]> positions = [];
    private readonly List<string> comments = [];
    private readonly List<(int Line, double[] Values)> points = [];
    private string date = "";
    private string? labels;
    private bool isInSpectrum;

    public void Take(string line, int number)
    {
        // A multi-channel spectrum, @A and lines that end in a backslash, is no point of the scan.
        if (isInSpectrum || line.StartsWith('@'))
        {
            isInSpectrum = line.EndsWith('\\');
        }
        else if (line.StartsWith("#P", StringComparison.Ordinal) && SpecHeader.Row(line, "#P") is { } row)
        {
            positions[row.Number] = Numbers(row.Text, number);
        }
        else if (line.StartsWith("#L ", StringComparison.Ordinal))
        {
            labels = line[3..];
        }
        else if (line.StartsWith("#C", StringComparison.Ordinal))
        {
            comments.Add(line[2..].Trim());
        }
        else if (line.StartsWith("#D ", StringComparison.Ordinal) && date.Length == 0)
        {
            date = line[3..].Trim();
        }
        else if (line.Length > 0 && line[0] != '#' && !string.IsNullOrWhiteSpace(line))
        {
            points.Add((number, Numbers(line, number)));
        }
    }

    public SpecScan Finish()
    {
        int width = points.Count > 0 ? points[0].Values.Length : 0;
        string[] columns = labels is null ? [] : SpecHeader.Names(labels, width);
        foreach ((int line, double[] values) in points)
        {
            if (values.Length != columns.Length)
            {
                throw InputException.ForFile(path, $"line {line}: {values.Length} values for {columns.Length} columns");
            }
        }

        string[] words = first.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new SpecScan
        {
            Path = path,
            Number = scan,
            Command = words.Length > 2 ? words[2] : "",
            Date = date,
            Motors = header.Motors(positions),
            Columns = columns,
            Points = [.. points.Select(point => point.Values)],
            Comments = comments,
        };
    }

    private double[] Numbers(string text, int number) =>
        [.. text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => Parse(word, number))];

    private double Parse(string word, int number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
            ? value
            : throw InputException.ForFile(path, $"line {number}: '{Streams.OneLine(word)}' is no number");
}
