using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Crystals;

/// <summary>
/// The files of a set of crystals that <c>fringe simulate</c> made, or is making: shards, single crystals whose shard is not
/// complete, and examples. For reading; nothing is locked.
/// </summary>
public sealed class CrystalSetFolder
{
    /// <summary>Says which set a folder holds.</summary>
    public const string IdentityFile = "set.json";

    private const string PartPattern = "crystal-*.h5";
    private const int MostTries = 5;

    private CrystalSetFolder(string path)
    {
        Path = path;
        Shards = List(path, CrystalSetFiles.Pattern);
        Parts = List(System.IO.Path.Combine(path, "parts"), PartPattern);
        Examples = List(System.IO.Path.Combine(path, "examples"), PartPattern);
        IsUnfinished = Directory.Exists(System.IO.Path.Combine(path, "parts"));
    }

    /// <summary>The folder as it was given.</summary>
    public string Path { get; }

    /// <summary>Files of many crystals, by name.</summary>
    public IReadOnlyList<string> Shards { get; }

    /// <summary>Files of one crystal each, by name.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Patterns with their objects, by name.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether a run is at work there, or stopped before its last crystal.</summary>
    public bool IsUnfinished { get; }

    /// <summary>Whether a folder holds a set, finished or not.</summary>
    public static bool IsSet(string path)
    {
        try
        {
            return Directory.Exists(path) && HasSet(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever reads the folder next says what is wrong with it.
            return false;
        }
    }

    /// <summary>
    /// Reads from a set, again from the start where one of its files vanished meanwhile: a run turns single crystals into
    /// shards.
    /// </summary>
    /// <exception cref="InputException">No set there, no crystal yet, or what <paramref name="read"/> throws.</exception>
    public static T Read<T>(string path, Func<CrystalSetFolder, T> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            CrystalSetFolder folder = Open(path);
            try
            {
                return read(folder);
            }
            catch (Exception error)
                when (error is InputException or IOException && attempt < MostTries && folder.HasChanged())
            {
                // Once more with what is there now.
            }
        }
    }

    private static CrystalSetFolder Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw InputException.ForFile(
                path,
                File.Exists(path)
                    ? "is a file; expected the folder of a set made by fringe simulate"
                    : "no such folder; expected a set made by fringe simulate"
            );
        }

        try
        {
            if (!HasSet(path))
            {
                throw InputException.ForFile(
                    path,
                    "holds no set of crystals (neither set.json nor crystals-*.h5); expected a folder made by fringe simulate"
                );
            }

            CrystalSetFolder folder = new(path);
            return folder.Shards.Count + folder.Parts.Count > 0
                ? folder
                : throw InputException.ForFile(path, "the set has no crystal yet; run its fringe simulate (on)");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(path, $"cannot be read: {Streams.OneLine(error.Message)}", inner: error);
        }
    }

    private bool HasChanged() => Shards.Concat(Parts).Concat(Examples).Any(file => !File.Exists(file));

    private static bool HasSet(string path) => HasIdentity(path) || List(path, CrystalSetFiles.Pattern).Count > 0;

    private static bool HasIdentity(string path)
    {
        string file = System.IO.Path.Combine(path, IdentityFile);
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using JsonDocument identity = JsonDocument.Parse(File.ReadAllText(file));
            return identity.RootElement.ValueKind == JsonValueKind.Object
                && identity.RootElement.TryGetProperty("seed", out _)
                && identity.RootElement.TryGetProperty("recipe", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IReadOnlyList<string> List(string folder, string pattern) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];
}
