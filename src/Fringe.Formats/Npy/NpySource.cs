using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Npy;

/// <summary>A .npy file: one unnamed array.</summary>
internal sealed class NpySource : ArraySource
{
    private readonly Stream stream;
    private readonly string path;
    private readonly NpyHeader header;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions and errors.</param>
    public NpySource(Stream stream, string path)
    {
        this.stream = stream;
        this.path = path;
        header = NpyHeader.Read(stream, path, dataset: null);
    }

    public override FileDescription Describe() => new(path, "NPY", [NpyData.Describe(header, "", "none")], []);

    public override StoredArray Select(string? dataset, ArrayRole role)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(path, "an NPY file holds one unnamed array; leave `Dataset` out", dataset);
        }

        StoredArray array = NpyData.Require(header, path, "");
        NpyData.RequireBytes(path, array, stream.Length - header.HeaderBytes);
        return array;
    }

    public override ArrayCompanions CompanionsOf(StoredArray array) =>
        new() { Remarks = [.. NumberedFile.Remarks(path)] };

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        stream.Position = header.HeaderBytes;
        NpyData.Read(stream, header, array, destination, path, progress, cancellation);
    }

    public override void Dispose() => stream.Dispose();
}
