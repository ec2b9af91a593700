using System.Globalization;
using System.Text;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Edf;

/// <summary>A header block of an EDF file: <c>{ key = value ; ... }</c>, padded with blanks, then a line's end and the pixels.</summary>
internal sealed class EdfHeader
{
    private const int BlockBytes = 512;
    private const int MaximumBytes = 1 << 20;

    // Some writers pad with zeros.
    private static ReadOnlySpan<byte> Blank => " \t\r\n\0"u8;

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string path;
    private readonly string place;

    private EdfHeader(string text, string path, string place)
    {
        this.path = path;
        this.place = place;
        foreach (string line in text.Split(';'))
        {
            int equals = line.IndexOf('=');
            if (equals > 0)
            {
                values[Trim(line[..equals])] = Trim(line[(equals + 1)..]);
            }
        }
    }

    /// <summary>First byte behind the block.</summary>
    public required long End { get; init; }

    /// <summary>The block has no pixels, but what holds for all images.</summary>
    public bool IsGeneral => values.ContainsKey("EDF_DataFormatVersion");

    /// <summary>Whether a file begins as EDF files do.</summary>
    /// <param name="start">Its first bytes, some hundred of them.</param>
    public static bool HasMagic(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start).TrimStart();
        int equals = text.IndexOf('=');
        // JSON begins with a brace too, and SMV (ADSC, Rigaku) names the length of its header first.
        return text.StartsWith('{')
            && equals > 1
            && Trim(text[1..equals]) is { Length: > 0 } key
            && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '~' or '.' or ' ')
            && key != "HEADER_BYTES";
    }

    /// <summary>Reads the block that begins at the stream's position, or after white space.</summary>
    /// <param name="stream">Seekable; borrowed.</param>
    /// <param name="path">For errors.</param>
    /// <param name="place">For errors: "image 3".</param>
    /// <returns>null where only white space and zeros are left.</returns>
    /// <exception cref="InputException">There is something else, or a block without an end.</exception>
    public static EdfHeader? Read(Stream stream, string path, string place)
    {
        long start = stream.Position;
        List<byte> block = [];
        byte[] part = new byte[BlockBytes];
        int count;
        do
        {
            count = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            int from = block.Count > 0 ? 0 : Math.Max(0, part.AsSpan(0, count).IndexOfAnyExcept(Blank));
            if (block.Count == 0 && !part.AsSpan(0, count).ContainsAnyExcept(Blank))
            {
                // Padding, or the end.
                start += count;
                continue;
            }

            block.AddRange(part.AsSpan(from, count - from));
            start += from;
            if (block[0] != '{')
            {
                throw InputException.ForFile(
                    path,
                    $"damaged EDF: no header at byte {start}, where one should begin; copy or save the file again",
                    place
                );
            }

            if (EndOf(block, block.Count - count - 2) is { } end)
            {
                string text = Encoding.Latin1.GetString([.. block[1..end.Brace]]);
                return new EdfHeader(text, path, place) { End = start + end.Data };
            }
        } while (count == part.Length && block.Count < MaximumBytes);

        return block.Count == 0
            ? null
            : throw InputException.ForFile(
                path,
                "truncated or damaged EDF: a header without an end; copy or save the file again",
                place
            );
    }

    /// <summary>Takes what this header does not say from the general one.</summary>
    public void Complete(EdfHeader general)
    {
        foreach ((string key, string value) in general.values)
        {
            if (!key.StartsWith("EDF_", StringComparison.OrdinalIgnoreCase))
            {
                values.TryAdd(key, value);
            }
        }
    }

    /// <summary>A value as it stands there; null where the header does not say.</summary>
    public string? Text(string key) => values.GetValueOrDefault(key);

    /// <summary>A whole number of at least 0; null where the header does not say.</summary>
    /// <exception cref="InputException">The value is none.</exception>
    public long? Count(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        // Some programs write 512.0.
        bool isWhole = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value);
        return isWhole && value >= 0 && value <= long.MaxValue && value == decimal.Truncate(value)
            ? (long)value
            : throw Problem($"{key} = {text} is no whole number");
    }

    /// <summary>An error of this header; values in it may have several lines.</summary>
    public InputException Problem(string problem) => InputException.ForFile(path, Streams.OneLine(problem), place);

    // "}\n" or "}\r\n".
    private static (int Brace, int Data)? EndOf(List<byte> block, int from)
    {
        for (int i = Math.Max(from, 0); i + 1 < block.Count; i++)
        {
            if (block[i] != '}')
            {
                continue;
            }

            if (block[i + 1] == '\n')
            {
                return (i, i + 2);
            }

            if (i + 2 < block.Count && block[i + 1] == '\r' && block[i + 2] == '\n')
            {
                return (i, i + 3);
            }
        }

        return null;
    }

    private static string Trim(string text) => text.Trim(' ', '\t', '\r', '\n', '\0');
}
