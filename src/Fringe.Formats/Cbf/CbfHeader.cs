using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Cbf;

/// <summary>
/// The text of a CBF file before its pixels: CIF lines, then the mail-like header of the binary section (imgCIF dictionary 1.5;
/// DECTRIS writes one image a file).
/// </summary>
internal sealed partial class CbfHeader
{
    private const string Section = "--CIF-BINARY-FORMAT-SECTION--";
    private const int FirstBytes = 1 << 13;
    private const int MaximumBytes = 1 << 20;
    private const int MaximumAxis = 1 << 24;
    private readonly string path;
    private readonly string binary;

    private CbfHeader(string text, long dataOffset, string path)
    {
        this.path = path;
        int section = text.LastIndexOf(Section, StringComparison.Ordinal);
        Cif = section < 0 ? text : text[..section];
        binary = section < 0 ? "" : text[section..];
        DataOffset = dataOffset;
        IsByteOffset = RequireReadable();
    }

    /// <summary>The lines before the binary section.</summary>
    public string Cif { get; }

    /// <summary>First byte of the packed pixels.</summary>
    public long DataOffset { get; }

    /// <summary>Length of the packed pixels.</summary>
    public int PackedBytes => (int)Count("X-Binary-Size", int.MaxValue);

    /// <summary>MD5 of the packed pixels as base64, or null.</summary>
    public string? Md5 => Value("Content-MD5");

    /// <summary>The pixels are differences of neighbours (<c>x-CBF_BYTE_OFFSET</c>), not plain numbers.</summary>
    public bool IsByteOffset { get; }

    private static ReadOnlySpan<byte> DataMark => [0x0C, 0x1A, 0x04, 0xD5];

    public static bool HasMagic(ReadOnlySpan<byte> start) =>
        start.StartsWith("###CBF"u8) || start.StartsWith("###_CBF"u8);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="stream">At its start; borrowed.</param>
    /// <param name="path">For errors.</param>
    /// <exception cref="InputException">There is no binary section, or its pixels are packed in another way.</exception>
    public static CbfHeader Read(Stream stream, string path)
    {
        byte[] bytes = [];
        int mark = -1;
        for (int size = FirstBytes; mark < 0; size *= 8)
        {
            if (bytes.Length == stream.Length || size > MaximumBytes)
            {
                throw InputException.ForFile(
                    path,
                    "truncated or damaged CBF: no binary section in it; copy or save the file again"
                );
            }

            bytes = new byte[Math.Min(size, stream.Length)];
            stream.Position = 0;
            stream.ReadExactly(bytes);
            mark = bytes.AsSpan().IndexOf(DataMark);
        }

        string text = Encoding.Latin1.GetString(bytes, 0, mark);
        return new CbfHeader(text, mark + DataMark.Length, path);
    }

    /// <summary>How the image is stored.</summary>
    /// <exception cref="InputException">Its size or type is missing or impossible.</exception>
    public FrameLayout Layout()
    {
        int columns = (int)Count("X-Binary-Size-Fastest-Dimension", MaximumAxis);
        int rows = (int)Count("X-Binary-Size-Second-Dimension", MaximumAxis);
        if (Value("X-Binary-Size-Third-Dimension") is { } third && third != "1")
        {
            throw Several(path);
        }

        FrameLayout layout = new(rows, columns, TypeOf(), IsByteOffset ? "byte offset" : "none");
        long pixels = (long)rows * columns;
        long least = IsByteOffset ? pixels : layout.Bytes;
        if (least > PackedBytes || (Value("X-Binary-Number-of-Elements") is { } elements && elements != $"{pixels}"))
        {
            throw InputException.ForFile(
                path,
                $"damaged CBF: {layout} pixels do not agree with {PackedBytes} bytes or the number of its elements; copy or save the file again"
            );
        }

        return layout;
    }

    /// <summary>Looks at what follows the pixels: one image a file is read.</summary>
    /// <param name="stream">Behind the pixels; borrowed.</param>
    /// <exception cref="InputException">Another image.</exception>
    public void RequireLast(Stream stream)
    {
        byte[] rest = new byte[Math.Min(stream.Length - stream.Position, FirstBytes)];
        stream.ReadExactly(rest);
        if (rest.AsSpan().IndexOf("X-Binary-Size:"u8) >= 0)
        {
            throw Several(path);
        }
    }

    private static InputException Several(string path) =>
        InputException.ForFile(path, "holds several images, which CBF files of detectors do not; save a file an image");

    // Whether it is packed by differences.
    private bool RequireReadable()
    {
        string packing = Conversions().Match(binary) is { Success: true } named ? named.Groups[1].Value : "x-CBF_NONE";
        string encoding = Value("Content-Transfer-Encoding") ?? "BINARY";
        bool isByteOffset = packing.Equals("x-CBF_BYTE_OFFSET", StringComparison.OrdinalIgnoreCase);
        bool isPlain = packing.Equals("x-CBF_NONE", StringComparison.OrdinalIgnoreCase);
        if (isByteOffset || isPlain)
        {
            return encoding.Equals("BINARY", StringComparison.OrdinalIgnoreCase)
                ? isByteOffset
                : throw Unreadable($"encoded as {encoding}");
        }

        throw Unreadable($"packed by {packing}");
    }

    private InputException Unreadable(string how) =>
        InputException.ForFile(
            path,
            $"its pixels are {Streams.OneLine(how)}; expected x-CBF_BYTE_OFFSET, binary, as DECTRIS's detectors write; "
                + "convert it to NPY or TIFF with CBFlib or fabio"
        );

    private ElementType TypeOf()
    {
        string name = Value("X-Binary-Element-Type") ?? "signed 32-bit integer";
        bool isBigEndian = (Value("X-Binary-Element-Byte-Order") ?? "").StartsWith(
            "BIG",
            StringComparison.OrdinalIgnoreCase
        );
        Match parts = ElementTypeName().Match(name);
        ElementKind kind =
            parts.Groups[3].Value.Equals("real", StringComparison.OrdinalIgnoreCase) ? ElementKind.Float
            : parts.Groups[1].Success ? ElementKind.Unsigned
            : ElementKind.Signed;
        int bytes = parts.Success ? int.Parse(parts.Groups[2].Value, CultureInfo.InvariantCulture) / 8 : 0;
        bool isWhole = kind != ElementKind.Float;
        return ElementType.IsSupported(kind, bytes) && (isWhole || !IsByteOffset)
            ? new ElementType(kind, bytes, isBigEndian && bytes > 1 && !IsByteOffset)
            : throw InputException.ForFile(path, $"pixels of the type '{Streams.OneLine(name)}' cannot be read");
    }

    private long Count(string key, long most)
    {
        string text =
            Value(key)
            ?? throw InputException.ForFile(
                path,
                $"its binary section lacks {key}, which detectors write; convert it to NPY or TIFF with CBFlib or fabio"
            );
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count >= 1
            && count <= most
            ? count
            : throw InputException.ForFile(
                path,
                $"damaged CBF: {key} is '{Streams.OneLine(text)}'; copy or save the file again"
            );
    }

    private string? Value(string key)
    {
        foreach (Match line in Line().Matches(binary))
        {
            if (line.Groups[1].ValueSpan.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return line.Groups[2].Value.Trim(' ', '\t', '\r', '"');
            }
        }

        return null;
    }

    [GeneratedRegex("^([A-Za-z0-9-]+):(.*)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex("conversions\\s*=\\s*\"?([^\"\\s;]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Conversions();

    [GeneratedRegex(
        "^(?:signed|(unsigned)) ([0-9]{1,3})-bit (integer|real)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex ElementTypeName();
}
