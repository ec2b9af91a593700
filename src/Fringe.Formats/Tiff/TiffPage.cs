using BitMiracle.LibTiff.Classic;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Tiff;

/// <summary>Reads the tags of a page: a grey image of real numbers.</summary>
internal static class TiffPage
{
    // LZW and deflate cannot shrink by more; a larger claim is a damaged or hostile header.
    private const long MaximumPacking = 2000;

    /// <summary>Reads the tags of the current directory; the type is as LibTiff hands pixels over, in this machine's byte order.</summary>
    /// <exception cref="InputException">Not a grey image of real numbers, an unsupported compression or tags out of range.</exception>
    public static FrameLayout Read(BitMiracle.LibTiff.Classic.Tiff tiff, string path, int page, long fileLength)
    {
        string? place = page == 0 ? null : $"page {page}";
        int width = Tag(tiff, TiffTag.IMAGEWIDTH, 0);
        int height = Tag(tiff, TiffTag.IMAGELENGTH, 0);
        int samples = Tag(tiff, TiffTag.SAMPLESPERPIXEL, 1);
        int bits = Tag(tiff, TiffTag.BITSPERSAMPLE, 1);
        var format = (SampleFormat)Tag(tiff, TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT);
        var compression = (Compression)Tag(tiff, TiffTag.COMPRESSION, (int)BitMiracle.LibTiff.Classic.Compression.NONE);
        if (width <= 0 || height <= 0)
        {
            throw InputException.ForFile(path, $"damaged TIFF: the image is {height} x {width} pixels", place);
        }

        if (samples != 1)
        {
            throw InputException.ForFile(
                path,
                $"{samples} samples a pixel (a colour image), expected one; give the detector's own grey frames",
                place
            );
        }

        ElementKind? kind = format switch
        {
            SampleFormat.UINT or SampleFormat.VOID => ElementKind.Unsigned,
            SampleFormat.INT => ElementKind.Signed,
            SampleFormat.IEEEFP => ElementKind.Float,
            _ => null,
        };
        if (kind is null && format is SampleFormat.COMPLEXIEEEFP or SampleFormat.COMPLEXINT)
        {
            throw RealNumbers.Error(path, place, $"complex{bits}");
        }

        if (kind is not { } known || bits % 8 != 0 || !ElementType.IsSupported(known, bits / 8))
        {
            throw InputException.ForFile(
                path,
                $"pixels of {bits} bits ({format}) cannot be read; expected 8, 16, 32 or 64 bit integers or 16, 32 or 64 bit floats",
                place
            );
        }

        string? packing = CompressionName(compression);
        if (packing is null)
        {
            throw InputException.ForFile(
                path,
                $"unsupported TIFF compression {(int)compression} ({compression}); save it uncompressed, with LZW or with deflate",
                place
            );
        }

        var result = new FrameLayout(
            height,
            width,
            new ElementType(known, bits / 8, !BitConverter.IsLittleEndian),
            packing
        );
        long most = packing == "none" ? fileLength : fileLength * MaximumPacking;
        if (result.Bytes > most)
        {
            throw InputException.ForFile(
                path,
                $"truncated: {height} x {width} {result.Type.Name} pixels need {result.Bytes} bytes but the file has {fileLength}",
                place
            );
        }

        return result;
    }

    private static int Tag(BitMiracle.LibTiff.Classic.Tiff tiff, TiffTag tag, int missing)
    {
        FieldValue[]? value = tiff.GetField(tag);
        return value is { Length: > 0 } ? value[0].ToInt() : missing;
    }

    private static string? CompressionName(Compression compression) =>
        compression switch
        {
            BitMiracle.LibTiff.Classic.Compression.NONE => "none",
            BitMiracle.LibTiff.Classic.Compression.LZW => "LZW",
            BitMiracle.LibTiff.Classic.Compression.DEFLATE or BitMiracle.LibTiff.Classic.Compression.ADOBE_DEFLATE =>
                "deflate",
            BitMiracle.LibTiff.Classic.Compression.PACKBITS => "PackBits",
            _ => null,
        };
}
