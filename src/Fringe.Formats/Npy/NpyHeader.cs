using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Npy;

/// <summary>The header of an NPY array (format versions 1 to 3).</summary>
/// <param name="Descr">numpy's type string, "&lt;u2"; "structured" for a structured type.</param>
/// <param name="FortranOrder">The first axis varies fastest.</param>
/// <param name="Shape">Length of each axis.</param>
/// <param name="HeaderBytes">Where the data begin.</param>
internal sealed partial record NpyHeader(string Descr, bool FortranOrder, IReadOnlyList<long> Shape, long HeaderBytes)
{
    private const int MaximumHeaderBytes = 1 << 20;

    public static ReadOnlySpan<byte> MagicBytes => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static bool HasMagic(ReadOnlySpan<byte> start) => start.StartsWith(MagicBytes);

    /// <summary>The type of the elements, or null where they are not real numbers.</summary>
    public ElementType? Element
    {
        get
        {
            if (Descr.Length < 3 || !int.TryParse(Descr.AsSpan(2), CultureInfo.InvariantCulture, out int size))
            {
                return null;
            }

            ElementKind? kind = Descr[1] switch
            {
                'b' => ElementKind.Bool,
                'u' => ElementKind.Unsigned,
                'i' => ElementKind.Signed,
                'f' => ElementKind.Float,
                _ => null,
            };
            return kind is { } known && ElementType.IsSupported(known, size)
                ? new ElementType(known, size, Descr[0] == '>')
                : null;
        }
    }

    /// <summary>Element type for people.</summary>
    public string TypeName
    {
        get
        {
            if (Element is { } element)
            {
                return element.Name;
            }

            if (Descr == "structured")
            {
                return Descr;
            }

            string size = Descr[2..];
            return Descr[1] switch
            {
                'c' => int.TryParse(size, out int bytes) ? $"complex{8L * bytes}" : "complex",
                'O' => "object",
                'S' or 'a' => "bytes",
                'U' => "string",
                'V' => "void",
                'M' or 'm' => "datetime",
                _ => Descr,
            };
        }
    }

    /// <summary>Bytes of one element; 0 where unknown.</summary>
    public int ElementBytes =>
        Descr.Length > 2
        && int.TryParse(Descr.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
        && size <= 1 << 16
            ? size * (Descr[1] == 'U' ? 4 : 1)
            : 0;

    /// <summary>The header of an array in C order, format version 1, as it stands before the first element.</summary>
    /// <param name="type">numpy's type string, "&lt;f4".</param>
    /// <param name="shape">Length of each axis; none for a single number.</param>
    public static byte[] Bytes(string type, IReadOnlyList<int> shape)
    {
        string axes = shape.Count == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes}), }}";
        // numpy wants the data to start at a multiple of 64, the header padded with spaces and closed with a newline.
        int total = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] header = new byte[total];
        header.AsSpan().Fill((byte)' ');
        MagicBytes.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - 10));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    /// <summary>Reads the header from the start of <paramref name="stream"/> and leaves it at the first element.</summary>
    /// <exception cref="InputException">Not an NPY header.</exception>
    public static NpyHeader Read(Stream stream, string path, string? dataset)
    {
        Span<byte> start = stackalloc byte[12];
        ReadExactly(stream, start[..8], path, dataset);
        if (!HasMagic(start))
        {
            throw InputException.ForFile(path, "not an NPY array: its first bytes are not \\x93NUMPY", dataset);
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw InputException.ForFile(path, $"NPY format version {version} is unknown; expected 1, 2 or 3", dataset);
        }

        int lengthBytes = version == 1 ? 2 : 4;
        ReadExactly(stream, start.Slice(8, lengthBytes), path, dataset);
        uint length =
            version == 1
                ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
                : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MaximumHeaderBytes)
        {
            throw InputException.ForFile(path, $"damaged NPY header: it claims {length} bytes", dataset);
        }

        byte[] text = new byte[length];
        ReadExactly(stream, text, path, dataset);
        return Parse(Encoding.UTF8.GetString(text), 8 + lengthBytes + length, path, dataset);
    }

    private static NpyHeader Parse(string text, long headerBytes, string path, string? dataset)
    {
        Match order = OrderPattern().Match(text);
        Match shape = ShapePattern().Match(text);
        Match descr = DescrPattern().Match(text);
        bool structured = StructuredPattern().IsMatch(text);
        if (!order.Success || !shape.Success || !(descr.Success || structured))
        {
            throw InputException.ForFile(
                path,
                "damaged NPY header: no 'descr', 'fortran_order' and 'shape' in it; save the array again",
                dataset
            );
        }

        List<long> axes = [];
        foreach (
            string part in shape
                .Groups[1]
                .Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            if (
                axes.Count == 32
                || !long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long axis)
            )
            {
                throw InputException.ForFile(path, "damaged NPY header: its shape is not a list of lengths", dataset);
            }

            axes.Add(axis);
        }

        string type = descr.Success ? descr.Groups[1].Value : "structured";
        return new NpyHeader(type, order.Groups[1].Value == "True", axes, headerBytes);
    }

    private static void ReadExactly(Stream stream, Span<byte> buffer, string path, string? dataset)
    {
        try
        {
            stream.ReadExactly(buffer);
        }
        catch (EndOfStreamException error)
        {
            throw InputException.ForFile(path, "truncated: the file ends within the NPY header", dataset, error);
        }
    }

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""", RegexOptions.NonBacktracking)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([0-9,\sL]*)\)""", RegexOptions.NonBacktracking)]
    private static partial Regex ShapePattern();

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>|=][a-zA-Z][^'"]*)['"]""", RegexOptions.NonBacktracking)]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""['"]descr['"]\s*:\s*\[""", RegexOptions.NonBacktracking)]
    private static partial Regex StructuredPattern();
}
