using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Tiff;

/// <summary>A folder or glob of TIFF frames, one file a step of the rocking curve.</summary>
internal sealed class FrameSeriesSource : ArraySource
{
    private readonly string path;
    private readonly IReadOnlyList<string> frames;
    private readonly TiffPage first;

    /// <param name="path">A folder or glob.</param>
    public FrameSeriesSource(string path)
    {
        this.path = path;
        frames = FrameNames.Find(path);
        using TiffReader reader = OpenFrame(frames[0]);
        first = reader.Page(0);
    }

    private IReadOnlyList<long> Shape => [frames.Count, first.Height, first.Width];

    public override FileDescription Describe()
    {
        string name = $"{Path.GetFileName(frames[0])} ... {Path.GetFileName(frames[^1])}";
        long bytes = Shapes.Bytes(Shape, first.Type.Size);
        var array = new ArrayDescription(name, Shape, first.Type.Name, first.Compression, bytes);
        return new FileDescription(path, "TIFF frames", [array], []);
    }

    public override StoredArray Select(string? dataset, ArrayRole role)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(path, "a series of frames is one unnamed array; leave `Dataset` out", dataset);
        }

        return new StoredArray("", Shape, first.Type);
    }

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        int pixels = first.Width * first.Height;
        for (int frame = 0; frame < frames.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            using TiffReader reader = OpenFrame(frames[frame]);
            TiffPage page = reader.Page(0);
            if ((page.Width, page.Height, page.Type) != (first.Width, first.Height, first.Type))
            {
                throw InputException.ForFile(
                    frames[frame],
                    $"the frame is {page.Height} x {page.Width} {page.Type.Name} but {Path.GetFileName(frames[0])} is "
                        + $"{first.Height} x {first.Width} {first.Type.Name}; all frames must be equal"
                );
            }

            reader.ReadPixels(0, destination, frame * pixels);
            progress?.Report((frame + 1.0) / frames.Count);
        }
    }

    public override void Dispose() { }

    private static TiffReader OpenFrame(string path)
    {
        FileStream stream = Streams.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        int count = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        if (!TiffReader.HasMagic(start[..count]))
        {
            stream.Dispose();
            throw InputException.ForFile(path, "not a TIFF file: its first bytes are neither II* nor MM*");
        }

        stream.Position = 0;
        var reader = new TiffReader(stream, path);
        if (reader.PageCount != 1)
        {
            int pages = reader.PageCount;
            reader.Dispose();
            throw InputException.ForFile(
                path,
                $"the frame has {pages} pages, expected one; give a multi-page file by itself"
            );
        }

        return reader;
    }
}
