using Fringe.Core;

namespace Fringe.Formats.Spec;

/// <summary>The names of the motors, from a SPEC file's <c>#O</c> and <c>#o</c> lines.</summary>
internal sealed class SpecHeader(string path)
{
    private const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
    private readonly SortedDictionary<int, string> names = [];
    private readonly SortedDictionary<int, string> mnemonics = [];

    /// <summary>Whether a line belongs to a header, which a file has again wherever the motors changed.</summary>
    public static bool Owns(string line) =>
        line.StartsWith("#F", StringComparison.Ordinal)
        || line.StartsWith("#E", StringComparison.Ordinal)
        || line.StartsWith("#O", StringComparison.Ordinal)
        || line.StartsWith("#o", StringComparison.Ordinal);

    /// <summary>Looks at a line outside the wanted scan.</summary>
    public void Take(string line)
    {
        if (line.StartsWith("#O0 ", StringComparison.Ordinal))
        {
            names.Clear();
            mnemonics.Clear();
        }

        if (Row(line, "#O") is { } withNames)
        {
            names[withNames.Number] = withNames.Text;
        }
        else if (Row(line, "#o") is { } withMnemonics)
        {
            mnemonics[withMnemonics.Number] = withMnemonics.Text;
        }
    }

    /// <summary>Puts a scan's <c>#P</c> lines to the names.</summary>
    /// <param name="positions">Values by row.</param>
    public IReadOnlyList<SpecMotor> Motors(SortedDictionary<int, double[]> positions)
    {
        List<SpecMotor> motors = [];
        foreach ((int row, double[] values) in positions)
        {
            string[] named = names.TryGetValue(row, out string? line) ? Names(line, values.Length) : [];
            if (named.Length != values.Length)
            {
                throw InputException.ForFile(path, $"#O{row} names {named.Length} motors, #P{row} has {values.Length}");
            }

            string[] brief = mnemonics.TryGetValue(row, out string? words) ? words.Split(' ', Words) : [];
            motors.AddRange(
                named.Select(
                    (name, i) => new SpecMotor(name, brief.Length == named.Length ? brief[i] : null, values[i])
                )
            );
        }

        return motors;
    }

    /// <summary>The row's number and what follows it: <c>#O3 ...</c>.</summary>
    public static (int Number, string Text)? Row(string line, string key)
    {
        if (!line.StartsWith(key, StringComparison.Ordinal))
        {
            return null;
        }

        int space = line.IndexOf(' ', StringComparison.Ordinal);
        string digits = space < 0 ? line[key.Length..] : line[key.Length..space];
        return int.TryParse(digits, out int number) && number >= 0 ? (number, space < 0 ? "" : line[space..]) : null;
    }

    /// <summary>Names stand two blanks apart, since a name may hold one; some writers leave but one.</summary>
    public static string[] Names(string line, int count)
    {
        string[] apart = line.Split("  ", Words);
        return apart.Length == count ? apart
            : line.Split(' ', Words) is { } words && words.Length == count ? words
            : apart;
    }
}
