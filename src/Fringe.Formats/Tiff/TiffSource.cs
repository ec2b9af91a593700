using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Tiff;

/// <summary>A TIFF file: one image, or a stack with one page a frame.</summary>
internal sealed class TiffSource : ArraySource
{
    private readonly TiffReader _reader;
    private readonly string _path;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions and errors.</param>
    public TiffSource(Stream stream, string path)
    {
        _path = path;
        _reader = new TiffReader(stream, path);
    }

    private IReadOnlyList<long> Shape
    {
        get
        {
            TiffPage first = _reader.Page(0);
            return _reader.PageCount == 1
                ? [first.Height, first.Width]
                : [_reader.PageCount, first.Height, first.Width];
        }
    }

    public override FileDescription Describe()
    {
        TiffPage first = _reader.Page(0);
        var array = new ArrayDescription(
            "",
            Shape,
            first.Type.Name,
            first.Compression,
            Shapes.Bytes(Shape, first.Type.Size)
        );
        return new FileDescription(_path, "TIFF", [array], []);
    }

    public override StoredArray Select(string? dataset, bool preferStack)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(_path, "a TIFF file holds one unnamed array; leave --dataset out", dataset);
        }

        TiffPage first = _reader.Page(0);
        for (int page = 1; page < _reader.PageCount; page++)
        {
            TiffPage other = _reader.Page(page);
            if ((other.Width, other.Height, other.Type) != (first.Width, first.Height, first.Type))
            {
                throw InputException.ForFile(
                    _path,
                    $"the page is {other.Height} x {other.Width} {other.Type.Name} but page 0 is "
                        + $"{first.Height} x {first.Width} {first.Type.Name}; all frames must be equal",
                    $"page {page}"
                );
            }
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
        int pixels = destination.Length / _reader.PageCount;
        for (int page = 0; page < _reader.PageCount; page++)
        {
            cancellation.ThrowIfCancellationRequested();
            _reader.ReadPixels(page, destination, page * pixels);
            progress?.Report((page + 1.0) / _reader.PageCount);
        }
    }

    public override void Dispose() => _reader.Dispose();
}
