namespace Fringe.Formats.Crystals;

/// <summary>The crystals of a user's own measurements, to train with.</summary>
/// <param name="ProgramVersion">Version of Fringe that made the set.</param>
/// <param name="Crystals">At least one.</param>
public sealed record PhasedCrystalSet(string ProgramVersion, IReadOnlyList<PhasedCrystal> Crystals);
