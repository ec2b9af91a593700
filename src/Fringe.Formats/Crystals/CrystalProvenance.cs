namespace Fringe.Formats.Crystals;

/// <summary>How a set of crystals was made; the same provenance and index give the same crystal.</summary>
/// <param name="Seed">The set's seed.</param>
/// <param name="Recipe">The recipe's values as JSON.</param>
/// <param name="LammpsVersion">What LAMMPS says of itself.</param>
/// <param name="Potential">File name of the potential.</param>
/// <param name="PotentialHash">SHA-256 of the potential, hexadecimal.</param>
/// <param name="ProgramVersion">Version of Fringe.</param>
/// <param name="LatticeConstantNanometres">The lattice unit, nm.</param>
public sealed record CrystalProvenance(
    long Seed,
    string Recipe,
    string LammpsVersion,
    string Potential,
    string PotentialHash,
    string ProgramVersion,
    double LatticeConstantNanometres
);
