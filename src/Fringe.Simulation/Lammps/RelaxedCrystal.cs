namespace Fringe.Simulation.Lammps;

/// <summary>What LAMMPS made of a crystal.</summary>
/// <param name="Positions">x, y, z of each atom in turn, lattice units, in the order of the sites.</param>
/// <param name="FirstSteps">Steps of the first minimisation.</param>
/// <param name="SecondSteps">Steps of the second.</param>
/// <param name="EnergyPerAtomElectronvolts">Potential energy at the end, eV an atom.</param>
public sealed record RelaxedCrystal(
    double[] Positions,
    int FirstSteps,
    int SecondSteps,
    double EnergyPerAtomElectronvolts
);
