using Fringe.Core;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Spec;

/// <summary>
/// The names of the motors, from a SPEC file's <c>#O</c> and <c>#o</c> lines, which stand before the scans or within each. Those read last
/// hold until others come.
/// </summary>
internal sealed class SpecHeader(string path)
{
    private const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
    private static readonly char[] Blanks = [' ', '\t'];
    private readonly SortedDictionary<int, string> names = [];
    private readonly SortedDictionary<int, string> mnemonics = [];
    private bool isComplete;

    /// <summary>Whether a line names motors.</summary>
    public static bool Names(string line) => Row(line, "#O") is not null || Row(line, "#o") is not null;

    /// <summary>Says that a scan or a header begins: names that come now are in place of those before.</summary>
    public void Complete() => isComplete = true;

    /// <summary>Looks at a line; what names no motor is left alone.</summary>
    public void Take(string line)
    {
        if (Row(line, "#O") is { } withNames)
        {
            Begin(names, withNames.Number);
            names[withNames.Number] = withNames.Text;
        }
        else if (Row(line, "#o") is { } withMnemonics)
        {
            Begin(mnemonics, withMnemonics.Number);
            mnemonics[withMnemonics.Number] = withMnemonics.Text;
        }
    }

    /// <summary>Puts a scan's <c>#P</c> lines to the names.</summary>
    /// <param name="positions">Values by row.</param>
    /// <exception cref="InputException">
    /// A row has more or fewer values than names. A motor that was put in or taken out early shifts all that follow, and the last row alone
    /// shows it: no row can be trusted then.
    /// </exception>
    public IReadOnlyList<SpecMotor> Motors(SortedDictionary<int, double[]> positions)
    {
        List<SpecMotor> motors = [];
        int[] rows = positions.Count == 0 ? [] : [.. positions.Keys.Union(names.Keys).Order()];
        foreach (int row in rows)
        {
            double[] values = positions.GetValueOrDefault(row) ?? [];
            string[] named = names.TryGetValue(row, out string? line) ? Split(line, values.Length) : [];
            if (named.Length != values.Length)
            {
                throw InputException.ForFile(
                    path,
                    $"#O{row} names {named.Length} motors, #P{row} has {values.Length} values: which value belongs to which motor is not "
                        + $"known, in the other rows neither; {ScanRecord.WayOut}"
                );
            }

            string[] brief = mnemonics.TryGetValue(row, out string? words) ? words.Split(Blanks, Words) : [];
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

        int blank = line.IndexOfAny(Blanks);
        string digits = blank < 0 ? line[key.Length..] : line[key.Length..blank];
        return int.TryParse(digits, out int number) && number >= 0 ? (number, blank < 0 ? "" : line[blank..]) : null;
    }

    /// <summary>Names stand two blanks or a tab apart, since a name may hold one blank; some writers leave but one.</summary>
    /// <param name="line">The names.</param>
    /// <param name="count">How many there should be.</param>
    public static string[] Split(string line, int count)
    {
        string[] apart = line.Split(["  ", "\t"], Words);
        return apart.Length == count ? apart
            : line.Split(Blanks, Words) is { } words && words.Length == count ? words
            : apart;
    }

    // A row that is there already is that of another header.
    private void Begin(SortedDictionary<int, string> rows, int row)
    {
        if (isComplete || rows.ContainsKey(row))
        {
            names.Clear();
            mnemonics.Clear();
            isComplete = false;
        }
    }
}
