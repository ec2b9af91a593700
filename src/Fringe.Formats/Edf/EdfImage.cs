using System.Globalization;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Edf;

/// <summary>An image of an EDF file, or a stack of images behind one header.</summary>
/// <param name="Layout">Of one image; <c>Dim_1</c> counts columns, <c>Dim_2</c> rows.</param>
/// <param name="Depth">Images behind the header: <c>Dim_3</c>.</param>
/// <param name="Offset">First byte of the pixels.</param>
/// <param name="End">First byte behind them and their padding.</param>
/// <param name="Number">That the header gives the image, or null.</param>
/// <param name="IsError">It holds the variances of another image.</param>
internal sealed record EdfImage(FrameLayout Layout, int Depth, long Offset, long End, long? Number, bool IsError)
{
    private const int MaximumAxis = 1 << 24;

    // Of the SAXS package.
    private const double UsualDummyRange = 0.1;

    /// <summary>The image that a header describes.</summary>
    /// <param name="header">With what the general one says.</param>
    /// <param name="fileLength">Bytes in the file.</param>
    /// <exception cref="InputException">It is packed, elsewhere, of no known type, or not whole.</exception>
    public static EdfImage Of(EdfHeader header, long fileLength)
    {
        RequirePlain(header);
        (int columns, int rows, int depth) = (Axis(header, "Dim_1"), Axis(header, "Dim_2"), Axis(header, "Dim_3"));
        if (Axis(header, "Dim_4") > 1)
        {
            throw header.Problem("has a Dim_4 above 1; expected images or a stack of them");
        }

        FrameLayout layout = new(rows, columns, TypeOf(header), "none") { Values = ValuesOf(header) };
        Int128 bytes = (Int128)layout.Bytes * depth;
        long room = header.Count("EDF_BinarySize") ?? header.Count("Size") ?? (long)Int128.Min(bytes, long.MaxValue);
        if (bytes > room)
        {
            throw header.Problem($"damaged EDF: {layout} pixels need {bytes} bytes but Size is {room}");
        }

        if (header.End > fileLength - room)
        {
            throw header.Problem(
                $"truncated: its {room} bytes end at byte {(Int128)header.End + room} of {fileLength}; copy or save the file again"
            );
        }

        // "3.Image.Psd": number, kind and a word for people.
        string[] id = header.Text("EDF_DataBlockID")?.Split('.') ?? [];
        return new EdfImage(
            layout,
            depth,
            header.End,
            header.End + room,
            NumberOf(id.FirstOrDefault()) ?? NumberOf(header.Text("Image")),
            id.Contains("Error", StringComparer.OrdinalIgnoreCase)
        );
    }

    // A Dummy of 0 means that there is none (SAXS package).
    private static PixelValues ValuesOf(EdfHeader header) =>
        new()
        {
            Offset = Real(header, "DataValueOffset") ?? 0,
            Dummy = Real(header, "Dummy") is { } dummy and not 0 ? dummy : null,
            DummyRange = Real(header, "Dummy") is null or 0 ? 0 : Real(header, "DDummy") ?? UsualDummyRange,
            Place = header.Text("DataValueOffset") is null ? "" : "DataValueOffset of the header",
        };

    private static double? Real(EdfHeader header, string key) =>
        header.Text(key) is not { Length: > 0 } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
            ? value
        : throw header.Problem($"{key} = {text} is no number");

    private static void RequirePlain(EdfHeader header)
    {
        if (
            header.Text("Compression") is { Length: > 0 } packing
            && !packing.StartsWith("no", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw header.Problem(
                $"its pixels are packed (Compression = {packing}); save it uncompressed, as with fabio in Python"
            );
        }

        if (header.Text("EDF_BinaryFileName") is { Length: > 0 } elsewhere)
        {
            throw header.Problem(
                $"its pixels lie in another file, {elsewhere}; save both as one file, as with fabio in Python"
            );
        }
    }

    private static int Axis(EdfHeader header, string key) =>
        header.Count(key) switch
        {
            >= 1 and <= MaximumAxis and var length => (int)length,
            null when key is not ("Dim_1" or "Dim_2") => 1,
            null => throw header.Problem($"damaged EDF: its header lacks {key}"),
            var length => throw header.Problem($"damaged EDF: {key} = {length}"),
        };

    private static ElementType TypeOf(EdfHeader header)
    {
        string name = header.Text("DataType") ?? throw header.Problem("damaged EDF: its header lacks DataType");
        (ElementKind Kind, int Size)? type = name.ToUpperInvariant() switch
        {
            "UNSIGNEDBYTE" or "UNSIGNED8" => (ElementKind.Unsigned, 1),
            "SIGNEDBYTE" or "SIGNED8" => (ElementKind.Signed, 1),
            "UNSIGNEDSHORT" or "UNSIGNEDSHORTINTEGER" or "UNSIGNED16" => (ElementKind.Unsigned, 2),
            "SIGNEDSHORT" or "SIGNEDSHORTINTEGER" or "SIGNED16" => (ElementKind.Signed, 2),
            // A long was of four bytes when the format was made.
            "UNSIGNEDINTEGER" or "UNSIGNEDLONG" or "UNSIGNEDLONGINTEGER" or "UNSIGNED32" => (ElementKind.Unsigned, 4),
            "SIGNEDINTEGER" or "SIGNEDLONG" or "SIGNEDLONGINTEGER" or "SIGNED32" => (ElementKind.Signed, 4),
            "UNSIGNED64" => (ElementKind.Unsigned, 8),
            "SIGNED64" => (ElementKind.Signed, 8),
            "FLOATVALUE" or "FLOAT" or "FLOATIEEE32" or "FLOAT32" => (ElementKind.Float, 4),
            "DOUBLEVALUE" or "DOUBLE" or "DOUBLEIEEE64" or "FLOATIEEE64" or "FLOAT64" => (ElementKind.Float, 8),
            _ => null,
        };
        if (type is not { } known)
        {
            throw header.Problem($"DataType {name} cannot be read; expected integers or floats of 8 to 64 bits");
        }

        return new ElementType(known.Kind, known.Size, known.Size > 1 && IsBigEndian(header));
    }

    private static bool IsBigEndian(EdfHeader header)
    {
        string order = header.Text("ByteOrder") ?? "";
        bool isBig = order.Equals("HighByteFirst", StringComparison.OrdinalIgnoreCase);
        return isBig || order.Equals("LowByteFirst", StringComparison.OrdinalIgnoreCase)
            ? isBig
            : throw header.Problem($"damaged EDF: ByteOrder is '{order}'; expected LowByteFirst or HighByteFirst");
    }

    private static long? NumberOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
