using Fringe.Formats.Hdf5;

namespace Fringe.Formats.Crystals;

/// <summary>The HDF5 files of crystals, as a reader of any HDF5 file tells them from measurements.</summary>
internal static class CrystalFileKinds
{
    /// <summary>Simulated and phased crystals.</summary>
    public static IReadOnlyList<Hdf5Kind> All { get; } =
    [
        new()
        {
            IsKindOf = CrystalShardReader.IsShard,
            Format = "HDF5, crystals made by fringe simulate",
            NoMeasurement = CrystalSetSource.NoMeasurement,
            ReadMetadata = (file, length) =>
            {
                CrystalShardSummary summary = CrystalShardSummary.Of(file, length);
                return [.. CrystalMetadata.Counts([.. summary.Splits]), .. CrystalMetadata.Of(summary.Provenance)];
            },
        },
        new()
        {
            IsKindOf = PhasedCrystalFile.IsSet,
            Format = "HDF5, phased crystals made by fringe train dataset",
            NoMeasurement = PhasedCrystalFile.NoMeasurement,
            ReadMetadata = (file, _) => PhasedCrystalFile.Metadata(file),
        },
    ];
}
