using System.Buffers.Text;
using System.Text;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Lammps;

/// <summary>Reads the single snapshot of a LAMMPS text dump with the columns <c>id x y z</c> (in any order, also xu yu zu).</summary>
public static class LammpsDumpFile
{
    /// <summary>Positions by atom id.</summary>
    /// <param name="path">The dump.</param>
    /// <param name="atoms">How many atoms there must be, with ids from 1.</param>
    /// <returns>x, y, z of atom 1, 2, ... in the dump's units.</returns>
    /// <exception cref="InputException">Missing, damaged, or not all the atoms.</exception>
    public static double[] ReadPositions(string path, int atoms)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(path, $"cannot be read: {Streams.OneLine(error.Message)}", inner: error);
        }

        ReadOnlySpan<byte> rest = bytes;
        int[]? columns = null;
        while (columns is null && rest.Length > 0)
        {
            ReadOnlySpan<byte> line = NextLine(ref rest);
            if (line.StartsWith("ITEM: ATOMS"u8))
            {
                columns = Columns(path, Encoding.ASCII.GetString(line));
            }
        }

        if (columns is null)
        {
            throw InputException.ForFile(path, "has no line 'ITEM: ATOMS'; expected a LAMMPS text dump");
        }

        double[] positions = new double[3 * atoms];
        positions.AsSpan().Fill(double.NaN);
        int found = 0;
        Span<double> values = stackalloc double[4];
        while (rest.Length > 0)
        {
            ReadOnlySpan<byte> line = NextLine(ref rest);
            if (line.IsEmpty)
            {
                continue;
            }

            if (!TryParse(line, columns, values) || values[0] < 1 || values[0] > atoms)
            {
                throw InputException.ForFile(path, $"damaged line '{Streams.OneLine(Encoding.ASCII.GetString(line))}'");
            }

            int atom = (int)values[0] - 1;
            found += double.IsNaN(positions[3 * atom]) ? 1 : 0;
            values[1..].CopyTo(positions.AsSpan(3 * atom, 3));
        }

        return found == atoms
            ? positions
            : throw InputException.ForFile(path, $"holds {found} of {atoms} atoms; LAMMPS lost some");
    }

    // Where id, x, y and z stand in a line.
    private static int[] Columns(string path, string header)
    {
        string[] names = header.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        int[] places = [.. new[] { "id", "x", "y", "z" }.Select(name => Place(names, name))];
        return places.Contains(-1)
            ? throw InputException.ForFile(path, $"columns are '{string.Join(' ', names)}'; expected id x y z")
            : places;
    }

    private static int Place(string[] names, string name) =>
        Array.FindIndex(names, at => at == name || at == name + "u");

    private static bool TryParse(ReadOnlySpan<byte> line, int[] columns, Span<double> values)
    {
        int seen = 0;
        for (int column = 0; !line.IsEmpty && seen < 4; column++)
        {
            int space = line.IndexOf((byte)' ');
            ReadOnlySpan<byte> word = space < 0 ? line : line[..space];
            line = space < 0 ? default : line[(space + 1)..].TrimStart((byte)' ');
            int wanted = Array.IndexOf(columns, column);
            if (wanted >= 0)
            {
                bool good = Utf8Parser.TryParse(word, out double value, out int used) && used == word.Length;
                if (!good || !double.IsFinite(value))
                {
                    return false;
                }

                values[wanted] = value;
                seen++;
            }
        }

        return seen == 4;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line.Trim((byte)' ').TrimEnd((byte)'\r');
    }
}
