using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Tiff;

/// <summary>A TIFF file: one image, or a stack with one page a frame.</summary>
internal sealed class TiffSource : ArraySource
{
    private readonly TiffReader reader;
    private readonly string path;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions and errors.</param>
    public TiffSource(Stream stream, string path)
    {
        this.path = path;
        reader = new TiffReader(stream, path);
    }

    private IReadOnlyList<long> Shape
    {
        get
        {
            TiffPage first = reader.Page(0);
            return reader.PageCount == 1 ? [first.Height, first.Width] : [reader.PageCount, first.Height, first.Width];
        }
    }

    public override FileDescription Describe()
    {
        TiffPage first = reader.Page(0);
        var array = new ArrayDescription(
            "",
            Shape,
            first.Type.Name,
            first.Compression,
            Shapes.Bytes(Shape, first.Type.Size)
        );
        return new FileDescription(path, "TIFF", [array], []);
    }

    public override StoredArray Select(string? dataset, ArrayRole role)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(path, "a TIFF file holds one unnamed array; leave `Dataset` out", dataset);
        }

        TiffPage first = reader.Page(0);
        for (int page = 1; page < reader.PageCount; page++)
        {
            TiffPage other = reader.Page(page);
            if ((other.Width, other.Height, other.Type) != (first.Width, first.Height, first.Type))
            {
                throw InputException.ForFile(
                    path,
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
        int pixels = destination.Length / reader.PageCount;
        for (int page = 0; page < reader.PageCount; page++)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.ReadPixels(page, destination, page * pixels);
            progress?.Report((page + 1.0) / reader.PageCount);
        }
    }

    public override void Dispose() => reader.Dispose();
}
