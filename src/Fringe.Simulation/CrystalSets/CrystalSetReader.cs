using Fringe.Core;
using Fringe.Formats.Crystals;
using Fringe.Simulation.TrainingSet;

namespace Fringe.Simulation.CrystalSets;

/// <summary>Gathers what a report needs from a set's folder, one file in memory at a time.</summary>
public static class CrystalSetReader
{
    /// <param name="path">The folder of a set, finished or being made.</param>
    /// <param name="shown">Most crystals to keep with their fields.</param>
    /// <param name="progress">Fraction read, 0 to 1.</param>
    /// <param name="cancellation">Looked at once a file.</param>
    /// <exception cref="InputException">No set, no crystal yet, or a damaged file.</exception>
    public static CrystalSetData Read(
        string path,
        int shown,
        IProgress<double> progress,
        CancellationToken cancellation
    ) => CrystalSetFolder.Read(path, folder => Read(folder, shown, progress, cancellation));

    /// <summary>Places of <paramref name="wanted"/> items, evenly over <paramref name="count"/> from first to last.</summary>
    public static IReadOnlyList<int> Evenly(int count, int wanted) =>
        count <= wanted ? [.. Enumerable.Range(0, count)]
        : wanted == 1 ? [0]
        : [.. Enumerable.Range(0, wanted).Select(i => (int)((long)i * (count - 1) / (wanted - 1)))];

    private static CrystalSetData Read(
        CrystalSetFolder folder,
        int shown,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        string[] files = [.. folder.Shards, .. folder.Parts];
        int[] indices = [.. files.SelectMany(file => CrystalShardSummary.Read(file).Indices).Distinct().Order()];
        HashSet<int> wanted = [.. Evenly(indices.Length, shown).Select(place => indices[place])];
        Dictionary<int, CrystalRecord> crystals = [];
        List<CrystalRecord> withFields = [];
        HashSet<CrystalProvenance> provenances = [];
        CrystalProvenance? first = null;
        for (int i = 0; i < files.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            CrystalShard shard = CrystalShardReader.Read(files[i]);
            first ??= shard.Provenance;
            provenances.Add(shard.Provenance);
            foreach (CrystalRecord crystal in shard.Crystals)
            {
                // A crystal that has just gone into a shard may still stand by itself.
                bool isNew = crystals.TryAdd(
                    crystal.Index,
                    crystal with
                    {
                        Density = [],
                        Displacement = [],
                        UnstrainedDensity = [],
                    }
                );
                if (isNew && wanted.Contains(crystal.Index))
                {
                    withFields.Add(crystal);
                }
            }

            progress.Report((i + 1.0) / files.Length);
        }

        IReadOnlyList<SimulationLogEntry> log = SimulationLogReader.Read(folder.Path);
        return new CrystalSetData
        {
            Folder = folder.Path,
            Provenance = first!,
            IsOfOneKind = provenances.Count == 1,
            Crystals = [.. crystals.Values.OrderBy(crystal => crystal.Index)],
            Shown = [.. withFields.OrderBy(crystal => crystal.Index)],
            Shards = folder.Shards.Count,
            Parts = folder.Parts.Count,
            IsUnfinished = folder.IsUnfinished,
            Oversampling = [.. folder.Examples.Select(BraggExampleReader.ReadOversampling)],
            Throughput = Throughput.Of(log),
            Log = log,
        };
    }
}
