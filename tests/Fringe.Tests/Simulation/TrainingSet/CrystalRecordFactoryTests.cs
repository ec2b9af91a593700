using Fringe.Formats.Crystals;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;
using Fringe.Simulation.Lammps;
using Fringe.Simulation.TrainingSet;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.TrainingSet;

[Collection(TensorTests.Name)]
public sealed class CrystalRecordFactoryTests
{
    private static readonly AtomicCrystal Crystal = SimulatedCrystals.Facetted();

    [Fact, LeakCheck]
    public void Create_Index_DecidesTheSplit()
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(Crystal, SimulatedCrystals.Wavy);
        CrystalSplit[] splits = [.. Enumerable.Range(40, 20).Select(index => Record(atoms, index).Split)];

        Assert.Equal(16, splits.Count(split => split == CrystalSplit.Train));
        Assert.Single(splits, CrystalSplit.Validation);
        Assert.Equal(3, splits.Count(split => split == CrystalSplit.Test));
        Assert.Equal(splits[3], Record(atoms, 43).Split);
    }

    [Fact, LeakCheck]
    public void Create_HomogeneousStrain_LeavesNoStrainAndNoPhase()
    {
        CrystalRecord record = Record(
            SimulatedCrystals.Displaced(Crystal, (x, y, _) => [0.01 * x, -0.005 * y, 0.002 * x]),
            0
        );

        Assert.InRange(record.StrainLeft, 0, 1e-6);
        Assert.InRange(record.PhaseRange111Radians, 0, 1e-9);
        Assert.Equal(0.01, record.MeanGradient[0], 1e-9);
    }

    [Fact, LeakCheck]
    public void Create_BentCrystal_HasItsStrainAndPhaseRange()
    {
        // u_x = k y^2: the strain xy is k y, its rms over a crystal some k times its radius of gyration along y.
        const double k = 0.002;
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(Crystal, (_, y, _) => [k * y * y, 0, 0]);
        CrystalRecord record = Record(atoms, 0);

        double gyration = Math.Sqrt(
            Enumerable.Range(0, atoms.Count).Average(atom => Math.Pow(atoms.Positions[(3 * atom) + 1], 2))
        );
        // Frobenius norm of a tensor with xy and yx; voxels near the surface are left out, so it is somewhat less.
        double expected = k * gyration * Math.Sqrt(2);
        Assert.InRange(record.StrainLeft, 0.5 * expected, 1.1 * expected);
        double range = 2 * Math.PI * k * Math.Pow(record.Extent[1] / 2, 2);
        Assert.InRange(record.PhaseRange111Radians, 0.4 * range, 1.5 * range);
    }

    private static CrystalRecord Record(AtomicDisplacement atoms, int index) =>
        CrystalRecordFactory.Create(
            SimulatedCrystals.Small,
            SimulatedCrystals.Plan([]) with
            {
                Index = index,
            },
            Crystal,
            new RelaxedCrystal(atoms.Positions, 1, 1, -3.8),
            atoms
        );
}
