using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Crystals;

/// <summary>What a file of crystals says of itself, learnt without reading their fields.</summary>
/// <param name="Provenance">How they were made.</param>
/// <param name="Indices">Number of each crystal in its set.</param>
/// <param name="Splits">What each is for, in the same order.</param>
public sealed record CrystalShardSummary(
    CrystalProvenance Provenance,
    IReadOnlyList<int> Indices,
    IReadOnlyList<CrystalSplit> Splits
)
{
    /// <summary>Reads a file's summary.</summary>
    /// <exception cref="InputException">Missing, damaged, or without crystals.</exception>
    public static CrystalShardSummary Read(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        if (Hdf5Superblock.IsPresent(stream))
        {
            Hdf5Superblock.RequireComplete(stream, path);
            try
            {
                using NativeFile file = H5File.Open(stream, leaveOpen: true);
                if (CrystalShardReader.IsShard(file))
                {
                    return Of(file, stream.Length);
                }
            }
            catch (Exception error) when (error is not InputException)
            {
                // A parser that meets damage fails in many ways: all mean the same to the reader.
                throw InputException.ForFile(
                    path,
                    $"truncated or damaged HDF5 ({Streams.OneLine(error.GetBaseException().Message)}); make it again with fringe simulate",
                    inner: error
                );
            }
        }

        throw InputException.ForFile(path, "holds no crystals; expected a file made by fringe simulate");
    }

    /// <param name="file">One that <see cref="CrystalShardReader.IsShard"/> accepts.</param>
    /// <param name="length">Bytes of the file: no table in it can be longer.</param>
    internal static CrystalShardSummary Of(NativeFile file, long length) =>
        new(
            CrystalShardReader.Provenance(file),
            Whole(file, "index", length),
            [.. Whole(file, "split", length).Select(split => (CrystalSplit)split)]
        );

    private static int[] Whole(NativeFile file, string name, long length)
    {
        IH5Dataset dataset = file.Dataset(name);
        ulong[] shape = dataset.Space.Dimensions;
        return shape.Length == 1 && shape[0] <= (ulong)length / sizeof(int)
            ? dataset.Read<int[]>()
            : throw new InvalidDataException($"{name} is no table of the file's crystals");
    }
}
