using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;

namespace Fringe.Tests.Simulation.Diffraction;

public sealed class AtomicDisplacementTests
{
    [Fact]
    public void Between_HomogeneousDeformation_IsAllInTheMeanGradient()
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(
            SimulatedCrystals.Facetted(),
            (x, y, z) => [(0.01 * x) + (0.002 * z) + 3, -0.004 * x, (0.005 * y) - (0.02 * z)]
        );

        double[] wanted = [0.01, 0, 0.002, -0.004, 0, 0, 0, 0.005, -0.02];
        Assert.All(atoms.MeanGradient.Zip(wanted), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.All(atoms.Residual, rest => Assert.InRange(rest, -1e-11, 1e-11));
    }

    [Fact]
    public void BraggPeak_StretchedLattice_MovesInwards()
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(
            SimulatedCrystals.Facetted(),
            (x, _, _) => [0.01 * x, 0, 0]
        );

        Assert.Equal(2 * Math.PI / 1.01, atoms.BraggPeak([2 * Math.PI, 0, 0])[0], 1e-9);
    }

    [Fact]
    public void Between_AnyDeformation_AddsUpToThePositions()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(crystal, SimulatedCrystals.Wavy);

        // r - r' between two atoms: (1 + M)(R - R') + u - u'.
        int other = 3 * (crystal.Count / 2);
        double[] site = [.. Enumerable.Range(0, 3).Select(axis => crystal.Sites[other + axis] - crystal.Sites[axis])];
        for (int row = 0; row < 3; row++)
        {
            double sum = site[row] + atoms.Residual[other + row] - atoms.Residual[row];
            sum += Enumerable.Range(0, 3).Sum(column => atoms.MeanGradient[(3 * row) + column] * site[column]);
            Assert.Equal(atoms.Positions[other + row] - atoms.Positions[row], sum, 1e-10);
        }
    }
}
