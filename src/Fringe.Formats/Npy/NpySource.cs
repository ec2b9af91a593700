using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Npy;

/// <summary>A .npy file: one unnamed array.</summary>
internal sealed class NpySource : ArraySource
{
    private readonly Stream _stream;
    private readonly string _path;
    private readonly NpyHeader _header;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions and errors.</param>
    public NpySource(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        _header = NpyHeader.Read(stream, path, dataset: null);
    }

    public override FileDescription Describe() => new(_path, "NPY", [NpyData.Describe(_header, "", "none")], []);

    public override StoredArray Select(string? dataset, bool preferStack)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(_path, "an NPY file holds one unnamed array; leave --dataset out", dataset);
        }

        StoredArray array = NpyData.Require(_header, _path, "");
        NpyData.RequireBytes(_path, array, _stream.Length - _header.HeaderBytes);
        return array;
    }

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        _stream.Position = _header.HeaderBytes;
        NpyData.Read(_stream, _header, array, destination, _path, progress, cancellation);
    }

    public override void Dispose() => _stream.Dispose();
}
