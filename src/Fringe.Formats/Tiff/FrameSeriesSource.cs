using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Tiff;

/// <summary>A folder or glob of TIFF frames, one file a step of the rocking curve.</summary>
internal sealed class FrameSeriesSource : ArraySource
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _frames;
    private readonly TiffPage _first;

    /// <param name="path">A folder or glob.</param>
    public FrameSeriesSource(string path)
    {
        _path = path;
        _frames = FrameNames.Find(path);
        using TiffReader reader = OpenFrame(_frames[0]);
        _first = reader.Page(0);
    }

    private IReadOnlyList<long> Shape => [_frames.Count, _first.Height, _first.Width];

    public override FileDescription Describe()
    {
        string name = $"{Path.GetFileName(_frames[0])} ... {Path.GetFileName(_frames[^1])}";
        long bytes = Shapes.Bytes(Shape, _first.Type.Size);
        var array = new ArrayDescription(name, Shape, _first.Type.Name, _first.Compression, bytes);
        return new FileDescription(_path, "TIFF frames", [array], []);
    }

    public override StoredArray Select(string? dataset, bool preferStack)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(
                _path,
                "a series of frames is one unnamed array; leave --dataset out",
                dataset
            );
        }

        return new StoredArray("", Shape, _first.Type);
    }

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        int pixels = _first.Width * _first.Height;
        for (int frame = 0; frame < _frames.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            using TiffReader reader = OpenFrame(_frames[frame]);
            TiffPage page = reader.Page(0);
            if ((page.Width, page.Height, page.Type) != (_first.Width, _first.Height, _first.Type))
            {
                throw InputException.ForFile(
                    _frames[frame],
                    $"the frame is {page.Height} x {page.Width} {page.Type.Name} but {Path.GetFileName(_frames[0])} is "
                        + $"{_first.Height} x {_first.Width} {_first.Type.Name}; all frames must be equal"
                );
            }

            reader.ReadPixels(0, destination, frame * pixels);
            progress?.Report((frame + 1.0) / _frames.Count);
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
