using Fringe.Core;

namespace Fringe.Formats.Crystals;

/// <summary>Names and places of a set's shards.</summary>
public static class CrystalSetFiles
{
    /// <summary>Fits the names of shards.</summary>
    public const string Pattern = "crystals-*.h5";

    /// <summary>Name of a shard.</summary>
    /// <param name="group">Its number in the set, or in its job.</param>
    /// <param name="job">The job's number, from 1.</param>
    /// <param name="jobs">Jobs that share the set.</param>
    public static string ShardName(int group, int job = 1, int jobs = 1) =>
        jobs == 1 ? $"crystals-{group:D5}.h5" : $"crystals-{job:D5}of{jobs:D5}-{group:D5}.h5";

    /// <summary>The shards of a folder, by name; a shard itself.</summary>
    /// <exception cref="InputException">Missing, or without a shard.</exception>
    public static IReadOnlyList<string> Of(string source)
    {
        if (File.Exists(source))
        {
            return [source];
        }

        if (!Directory.Exists(source))
        {
            throw new InputException($"{source}: no such file or folder; expected a set made by fringe simulate");
        }

        string[] files = [.. Directory.EnumerateFiles(source, Pattern).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new InputException($"{source}: holds no crystals ({Pattern}); let fringe simulate finish first");
    }
}
