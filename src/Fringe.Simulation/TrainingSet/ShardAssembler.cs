using Fringe.Core;
using Fringe.Formats.Crystals;

namespace Fringe.Simulation.TrainingSet;

/// <summary>Gathers single crystals into shards, and finds out which are missing.</summary>
internal sealed class ShardAssembler
{
    private readonly TrainingSetFolder folder;
    private readonly CrystalProvenance provenance;
    private readonly int[][] groups;
    private readonly HashSet<int> done = [];

    public ShardAssembler(TrainingSetFolder folder, TrainingSetOptions options, CrystalProvenance provenance)
    {
        this.folder = folder;
        this.provenance = provenance;
        groups = [.. options.Indices().Chunk(options.CrystalsPerShard)];
        for (int group = 0; group < groups.Length; group++)
        {
            Recover(group);
        }

        if (File.Exists(folder.ShardPath(groups.Length)))
        {
            throw TooMany(folder.ShardPath(groups.Length));
        }
    }

    /// <summary>Crystals that are not on disk, ascending.</summary>
    public IReadOnlyCollection<int> Missing() =>
        [.. groups.SelectMany(group => group).Where(index => !done.Contains(index))];

    /// <summary>Keeps a crystal.</summary>
    /// <exception cref="InputException">The disk is full.</exception>
    public void WritePart(CrystalRecord record) =>
        CrystalShardWriter.Write(folder.PartPath(record.Index), new CrystalShard(provenance, [record]));

    /// <summary>Counts a kept crystal, and writes its shard when it was the last one; callers take turns.</summary>
    /// <exception cref="InputException">The disk is full.</exception>
    public void AddDone(int index)
    {
        done.Add(index);
        int group = Array.FindIndex(groups, members => members[^1] >= index);
        if (groups[group].All(done.Contains))
        {
            Assemble(group);
        }
    }

    /// <summary>Removes what is no longer needed.</summary>
    public void Finish() => Directory.Delete(Path.GetDirectoryName(folder.PartPath(0))!, recursive: true);

    private void Assemble(int group)
    {
        CrystalRecord[] records =
        [
            .. groups[group].Select(index => CrystalShardReader.Read(folder.PartPath(index)).Crystals.Single()),
        ];
        CrystalShardWriter.Write(folder.ShardPath(group), new CrystalShard(provenance, records));
        DeleteParts(group);
    }

    private void DeleteParts(int group)
    {
        foreach (int index in groups[group])
        {
            File.Delete(folder.PartPath(index));
        }
    }

    private void Recover(int group)
    {
        string shard = folder.ShardPath(group);
        if (File.Exists(shard))
        {
            CrystalShard stored = CrystalShardReader.Read(shard);
            int[] there = [.. stored.Crystals.Select(crystal => crystal.Index)];
            if (there.Except(groups[group]).Any())
            {
                throw TooMany(shard);
            }

            done.UnionWith(there);
            if (there.Length == groups[group].Length)
            {
                DeleteParts(group);
                return;
            }

            // The set has grown: its last shard is not complete any more.
            foreach (CrystalRecord record in stored.Crystals)
            {
                WritePart(record);
            }

            File.Delete(shard);
        }

        done.UnionWith(groups[group].Where(index => File.Exists(folder.PartPath(index))));
        if (groups[group].All(done.Contains))
        {
            Assemble(group);
        }
    }

    private static InputException TooMany(string shard) =>
        InputException.ForFile(shard, "holds crystals beyond `Count`; give at least the count the set was made with");
}
