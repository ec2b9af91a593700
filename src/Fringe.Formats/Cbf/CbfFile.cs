using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Cbf;

/// <summary>
/// A CBF file (crystallographic binary file) with one image, as DECTRIS's detectors write: the pixels of a gap are -1, defective
/// ones -2. Its checksum, where it has one, is looked at.
/// </summary>
internal sealed class CbfFile : FrameFile
{
    private readonly string path;
    private readonly Stream stream;
    private readonly CbfHeader header;
    private readonly FrameLayout layout;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For errors.</param>
    public CbfFile(Stream stream, string path)
    {
        this.path = path;
        this.stream = stream;
        try
        {
            header = CbfHeader.Read(stream, path);
            layout = header.Layout();
            if (header.DataOffset > stream.Length - header.PackedBytes)
            {
                throw InputException.ForFile(
                    path,
                    $"truncated: its pixels end at byte {header.DataOffset + header.PackedBytes} of {stream.Length}; "
                        + "copy or save the file again"
                );
            }

            stream.Position = header.DataOffset + header.PackedBytes;
            header.RequireLast(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public override string Format => "CBF";

    public override string FrameWord => "image";

    public override int Count => 1;

    public override IReadOnlyList<MetadataItem> Metadata => CbfMetadata.Of(header.Cif);

    public override FrameLayout Layout(int frame) => layout;

    protected override void ReadPixels(int frame, float[] destination, int offset)
    {
        byte[] packed = new byte[header.PackedBytes];
        stream.Position = header.DataOffset;
        stream.ReadExactly(packed);
        RequireChecksum(packed);
        Span<float> pixels = destination.AsSpan(offset, layout.Width * layout.Height);
        if (!header.IsByteOffset)
        {
            layout.Type.Decode(packed, pixels);
            return;
        }

        try
        {
            ByteOffset.Decode(packed, layout.Type, pixels);
        }
        catch (InvalidDataException error)
        {
            throw InputException.ForFile(
                path,
                $"damaged CBF: {error.Message}; copy or save the file again",
                inner: error
            );
        }
    }

    public override void Dispose() => stream.Dispose();

    [SuppressMessage("Security", "CA5351", Justification = "The format's checksum, against damage.")]
    private void RequireChecksum(byte[] packed)
    {
        if (header.Md5 is { Length: > 0 } expected && Convert.ToBase64String(MD5.HashData(packed)) != expected)
        {
            throw InputException.ForFile(
                path,
                "damaged CBF: its pixels do not agree with their checksum (Content-MD5); copy the file again"
            );
        }
    }
}
