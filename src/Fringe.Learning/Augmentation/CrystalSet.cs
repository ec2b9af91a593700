using System.Security.Cryptography;
using Fringe.Core;
using Fringe.Formats.Crystals;

namespace Fringe.Learning.Augmentation;

/// <summary>The simulated crystals of a folder, by what they are used for.</summary>
public sealed class CrystalSet
{
    private readonly IReadOnlyList<CrystalRecord> crystals;

    private CrystalSet(IReadOnlyList<CrystalRecord> crystals, string hash)
    {
        this.crystals = crystals;
        Hash = hash;
    }

    /// <summary>SHA-256 over the files, hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Reads a folder of shards that <c>fringe simulate</c> made, or one shard.</summary>
    /// <exception cref="InputException">Missing, empty, damaged or of another version.</exception>
    public static CrystalSet Read(string path, CancellationToken cancellation)
    {
        IReadOnlyList<string> files = CrystalSetFiles.Of(path);
        List<CrystalRecord> crystals = [];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            crystals.AddRange(CrystalShardReader.Read(file).Crystals);
            hash.AppendData(File.ReadAllBytes(file));
        }

        return new CrystalSet(crystals, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>All crystals, whatever they are meant for.</summary>
    public IReadOnlyList<CrystalRecord> All => crystals;

    /// <summary>The crystals of a split.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public IReadOnlyList<CrystalRecord> Of(CrystalSplit split)
    {
        CrystalRecord[] chosen = [.. crystals.Where(crystal => crystal.Split == split)];
        return chosen.Length > 0
            ? chosen
            : throw new InputException(
                $"the {crystals.Count} crystals hold none for {split.ToString().ToLowerInvariant()}; make more with fringe simulate"
            );
    }
}
