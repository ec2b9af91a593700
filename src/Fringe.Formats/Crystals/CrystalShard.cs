namespace Fringe.Formats.Crystals;

/// <summary>The crystals of one file, by ascending index.</summary>
public sealed record CrystalShard(CrystalProvenance Provenance, IReadOnlyList<CrystalRecord> Crystals);
