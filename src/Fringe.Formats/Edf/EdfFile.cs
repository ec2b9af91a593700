using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Frames;

namespace Fringe.Formats.Edf;

/// <summary>
/// An EDF file (ESRF data format): images, each behind a header in plain text. They come in the order of their numbers
/// (<c>EDF_DataBlockID</c> or <c>Image</c>) where each has one of its own, else as they lie in the file.
/// </summary>
internal sealed class EdfFile : FrameFile
{
    private const int MaximumImages = 1 << 20;
    private readonly string path;
    private readonly Stream stream;
    private readonly List<(FrameLayout Layout, long Offset)> frames = [];
    private IReadOnlyList<MetadataItem> metadata = [];
    private byte[] buffer = [];

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For errors.</param>
    public EdfFile(Stream stream, string path)
    {
        this.path = path;
        this.stream = stream;
        try
        {
            foreach (EdfImage image in Sorted(ReadImages()))
            {
                for (int i = 0; i < image.Depth; i++)
                {
                    frames.Add((image.Layout, image.Offset + (i * image.Layout.Bytes)));
                }
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public override string Format => "EDF";

    public override string FrameWord => "image";

    public override int Count => frames.Count;

    public override IReadOnlyList<MetadataItem> Metadata => metadata;

    public override FrameLayout Layout(int frame) => frames[frame].Layout;

    protected override void ReadPixels(int frame, float[] destination, int offset)
    {
        (FrameLayout layout, long at) = frames[frame];
        if (layout.Bytes > buffer.Length)
        {
            buffer = new byte[checked((int)layout.Bytes)];
        }

        stream.Position = at;
        stream.ReadExactly(buffer.AsSpan(0, (int)layout.Bytes));
        layout.Type.Decode(buffer, destination.AsSpan(offset, layout.Width * layout.Height));
    }

    public override void Dispose() => stream.Dispose();

    private List<EdfImage> ReadImages()
    {
        List<EdfImage> images = [];
        EdfHeader? general = null;
        long next = 0;
        long planes = 0;
        while (ReadHeader(next, images.Count) is { } header)
        {
            if (header.IsGeneral)
            {
                general = header;
                next = header.End + Math.Min(header.Count("EDF_BinarySize") ?? 0, stream.Length);
                continue;
            }

            if (general is not null)
            {
                header.Complete(general);
            }

            EdfImage image = EdfImage.Of(header, stream.Length);
            next = image.End;
            planes += image.Depth;
            if (planes > MaximumImages)
            {
                throw InputException.ForFile(path, $"damaged EDF: more than {MaximumImages} images");
            }

            if (!image.IsError)
            {
                metadata = images.Count == 0 ? EdfMetadata.Of(header) : metadata;
                images.Add(image);
            }
        }

        return images.Count > 0
            ? images
            : throw InputException.ForFile(path, "an EDF file without an image; copy or save it again");
    }

    private EdfHeader? ReadHeader(long at, int image)
    {
        stream.Position = at;
        return EdfHeader.Read(stream, path, $"image {image}");
    }

    private List<EdfImage> Sorted(List<EdfImage> images)
    {
        long[] numbers = [.. images.Select(image => image.Number ?? -1).Distinct().Order()];
        if (images.Count < 2 || numbers.Length < images.Count || numbers[0] < 0)
        {
            return images;
        }

        // Some programs number every second: the smallest step counts.
        long step = numbers.Zip(numbers.Skip(1), (a, b) => b - a).Min();
        long lost = ((numbers[^1] - numbers[0]) / step) + 1 - numbers.Length;
        if (lost > 0)
        {
            long before = numbers.Zip(numbers.Skip(1)).First(pair => pair.Second - pair.First > step).First;
            throw InputException.ForFile(
                path,
                $"{(lost == 1 ? "an image is" : $"{lost} images are")} missing in the numbering, the first behind number {before}; "
                    + "copy or save the file again"
            );
        }

        return [.. images.OrderBy(image => image.Number)];
    }
}
