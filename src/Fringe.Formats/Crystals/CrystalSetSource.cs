using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;

namespace Fringe.Formats.Crystals;

/// <summary>A folder of simulated crystals: it can be described, and is no measurement.</summary>
internal sealed class CrystalSetSource(string path) : ArraySource
{
    /// <summary>Why crystals cannot be phased.</summary>
    public const string NoMeasurement =
        "holds simulated crystals (made by fringe simulate), not a measurement; give a diffraction pattern, such as one "
        + "that fringe simulate `Examples` writes";

    private static readonly string[] FieldNames =
    [
        CrystalShardLayout.Density,
        CrystalShardLayout.Displacement,
        CrystalShardLayout.UnstrainedDensity,
    ];

    public override FileDescription Describe() => CrystalSetFolder.Read(path, Describe);

    public override StoredArray Select(string? dataset, ArrayRole role) =>
        throw InputException.ForFile(path, NoMeasurement, dataset);

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    ) => throw InputException.ForFile(path, NoMeasurement);

    public override void Dispose() { }

    private static FileDescription Describe(CrystalSetFolder folder)
    {
        string[] files = [.. folder.Shards, .. folder.Parts];
        Dictionary<int, CrystalSplit> crystals = [];
        CrystalProvenance? provenance = null;
        foreach (string file in files)
        {
            CrystalShardSummary summary = CrystalShardSummary.Read(file);
            provenance ??= summary.Provenance;
            foreach ((int index, CrystalSplit split) in summary.Indices.Zip(summary.Splits))
            {
                // A crystal that has just gone into a shard may still stand by itself.
                crystals[index] = split;
            }
        }

        long bytes = files.Sum(file => new FileInfo(file).Length);
        return new FileDescription(
            folder.Path,
            folder.IsUnfinished
                ? "set of crystals made by fringe simulate, not finished"
                : "set of crystals made by fringe simulate",
            Fields(files[0], crystals.Count),
            [
                .. CrystalMetadata.Counts(crystals.Values),
                CrystalMetadata.Count("shards", folder.Shards.Count),
                CrystalMetadata.Count("crystals whose shard is not complete", folder.Parts.Count),
                CrystalMetadata.Count("examples", folder.Examples.Count),
                CrystalMetadata.Count("size of the crystals' files", bytes, "bytes"),
                .. CrystalMetadata.Of(provenance!),
            ]
        );
    }

    // As one array over all files.
    private static ArrayDescription[] Fields(string file, int crystals)
    {
        using Hdf5Source source = new(Streams.OpenRead(file), file);
        return
        [
            .. source
                .Describe()
                .Arrays.Where(array => FieldNames.Contains(array.Name.TrimStart('/')) && array.Shape[0] > 0)
                .Select(array =>
                    array with
                    {
                        Shape = [crystals, .. array.Shape.Skip(1)],
                        Bytes = array.Bytes / array.Shape[0] * crystals,
                    }
                ),
        ];
    }
}
