using Fringe.Core;
using Fringe.Formats.Crystals;

namespace Fringe.Simulation.TrainingSet;

/// <summary>Joins the shards of several jobs into one set, and finds what is missing or there twice.</summary>
public sealed class TrainingSetMerger
{
    private readonly int crystalsPerShard;

    /// <param name="crystalsPerShard">Crystals a file of the joined set.</param>
    public TrainingSetMerger(int crystalsPerShard = TrainingSetOptions.DefaultCrystalsPerShard)
    {
        this.crystalsPerShard = crystalsPerShard;
    }

    /// <summary>Merges. The joined set has the bytes of one made by a single job.</summary>
    /// <param name="sources">Folders of sets, or shards.</param>
    /// <param name="output">A new or empty folder; it stands there whole or not at all.</param>
    /// <param name="count">Crystals the whole set should have; null: up to the largest index that is there.</param>
    /// <param name="progress">Share that is done, 0 to 1.</param>
    /// <param name="cancellation">Looked at once a file.</param>
    /// <exception cref="InputException">
    /// No shards, shards of different sets, two different crystals of one index, or the output is taken or not writable.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public MergeResult Merge(
        IReadOnlyList<string> sources,
        string output,
        int? count,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
        {
            throw new InputException($"{output}: is not empty; choose a new folder as `Output`");
        }

        string[] files = [.. sources.SelectMany(CrystalSetFiles.Of).Distinct()];
        (CrystalProvenance provenance, SortedDictionary<int, string> places, int[] twice) = Index(
            files,
            share => progress.Report(0.5 * share),
            cancellation
        );
        int total = count ?? (places.Keys.Max() + 1);
        if (places.Keys.Max() >= total)
        {
            throw new InputException(
                $"`Count` {total}: there are crystals up to number {places.Keys.Max()}; give at least {places.Keys.Max() + 1}"
            );
        }

        Write(output, provenance, places, share => progress.Report(0.5 + (0.5 * share)), cancellation);
        return new MergeResult(
            files.Length,
            places.Count,
            [.. Enumerable.Range(0, total).Where(index => !places.ContainsKey(index))],
            twice
        );
    }

    // Which file has which crystal; of two equal ones the first.
    private static (CrystalProvenance, SortedDictionary<int, string>, int[]) Index(
        string[] files,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        CrystalProvenance? provenance = null;
        SortedDictionary<int, string> places = [];
        SortedSet<int> twice = [];
        for (int i = 0; i < files.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            CrystalShard shard = CrystalShardReader.Read(files[i]);
            provenance ??= shard.Provenance;
            if (shard.Provenance != provenance)
            {
                throw InputException.ForFile(
                    files[i],
                    $"belongs to another set than {files[0]} ({Difference(provenance, shard.Provenance)}); merge sets of one seed and recipe"
                );
            }

            foreach (CrystalRecord crystal in shard.Crystals.Where(crystal => !places.TryAdd(crystal.Index, files[i])))
            {
                RequireEqual(crystal, files[i], places[crystal.Index]);
                twice.Add(crystal.Index);
            }

            progress((i + 1.0) / files.Length);
        }

        return (provenance!, places, [.. twice]);
    }

    private void Write(
        string output,
        CrystalProvenance provenance,
        SortedDictionary<int, string> places,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        string aside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + ".partial";
        try
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }

            Directory.CreateDirectory(aside);
            int[][] groups = [.. places.Keys.Chunk(crystalsPerShard)];
            Dictionary<string, CrystalShard> open = [];
            for (int group = 0; group < groups.Length; group++)
            {
                cancellation.ThrowIfCancellationRequested();
                string[] needed = [.. groups[group].Select(index => places[index]).Distinct()];
                foreach (string file in open.Keys.Except(needed).ToArray())
                {
                    open.Remove(file);
                }

                foreach (string file in needed.Except(open.Keys).ToArray())
                {
                    open[file] = CrystalShardReader.Read(file);
                }

                CrystalRecord[] crystals =
                [
                    .. groups[group]
                        .Select(index => open[places[index]].Crystals.First(crystal => crystal.Index == index)),
                ];
                CrystalShardWriter.Write(
                    Path.Combine(aside, CrystalSetFiles.ShardName(group)),
                    new CrystalShard(provenance, crystals)
                );
                progress((group + 1.0) / groups.Length);
            }

            if (Directory.Exists(output))
            {
                Directory.Delete(output);
            }

            Directory.Move(aside, output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{output}: cannot be written ({error.Message}); choose another `Output`", error);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static void RequireEqual(CrystalRecord crystal, string file, string otherFile)
    {
        CrystalRecord other = CrystalShardReader.Read(otherFile).Crystals.First(at => at.Index == crystal.Index);
        bool isEqual =
            crystal.Attempt == other.Attempt
            && crystal.Density.AsSpan().SequenceEqual(other.Density)
            && crystal.Displacement.AsSpan().SequenceEqual(other.Displacement);
        if (!isEqual)
        {
            throw InputException.ForFile(
                file,
                $"its crystal {crystal.Index} differs from that in {otherFile}; make one of the two again"
            );
        }
    }

    private static string Difference(CrystalProvenance one, CrystalProvenance other) =>
        one.Seed != other.Seed ? $"seed {other.Seed} instead of {one.Seed}"
        : one.Recipe != other.Recipe ? "another recipe"
        : one.LammpsVersion != other.LammpsVersion ? $"LAMMPS {other.LammpsVersion} instead of {one.LammpsVersion}"
        : one.PotentialHash != other.PotentialHash ? "another potential"
        : $"Fringe {other.ProgramVersion} instead of {one.ProgramVersion}";
}

/// <summary>What a merge found.</summary>
/// <param name="Files">Shards read.</param>
/// <param name="Crystals">Crystals in the joined set.</param>
/// <param name="Missing">Indices that no shard has.</param>
/// <param name="Twice">Indices that several shards have, with equal crystals; one is kept.</param>
public sealed record MergeResult(int Files, int Crystals, IReadOnlyList<int> Missing, IReadOnlyList<int> Twice);
