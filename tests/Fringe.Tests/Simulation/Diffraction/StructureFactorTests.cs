using Fringe.Core.Diffraction;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Simulation.Diffraction;

[Collection(TensorTests.Name)]
public sealed class StructureFactorTests
{
    private const int Size = 32;

    // "Must show" of the training data: relative L2 error of at most 1e-3 against the direct sum over 5 000 atoms.
    [Theory, LeakCheck]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 0)]
    public void About_StrainedCrystalOf5000Atoms_AgreesWithTheDirectSum(int h, int k, int l)
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(crystal, SimulatedCrystals.Wavy);
        MillerIndices reflection = new(h, k, l);
        double box = 1.5 * FieldBuilder.Extent(atoms.Positions).Max();

        using var scope = NewDisposeScope();
        Tensor found = StructureFactor.About(atoms, reflection, Size, box);
        Tensor wanted = Direct(atoms, reflection, box);

        Assert.InRange(crystal.Count, 4000, 6000);
        Assert.InRange(TestTensors.Difference(WithoutGlobalPhase(found), WithoutGlobalPhase(wanted)), 0, 1e-5);
    }

    [Fact, LeakCheck]
    public void About_UnstrainedBlock_HasNoSatellitesAboveTheDirectSum()
    {
        AtomicCrystal block = CrystalBuilder.Build(SimulatedCrystals.Plan([]), SimulatedCrystals.Small)!;
        AtomicDisplacement atoms = AtomicDisplacement.Between(block.Sites, block.Sites);
        // Cells of 1.8 lattice units: counting atoms in them gives satellites of a third of the peak (reference/measured.md).
        const double box = Size * 1.8;

        using var scope = NewDisposeScope();
        Tensor found = StructureFactor.About(atoms, new MillerIndices(1, 1, 1), Size, box).abs();
        Tensor wanted = Direct(atoms, new MillerIndices(1, 1, 1), box).abs();

        double excess = ((found - wanted).max() / wanted.max()).item<double>();
        Assert.InRange(excess, double.NegativeInfinity, 1e-5);
    }

    [Fact, LeakCheck]
    public void About_Offset_MovesThePattern()
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(SimulatedCrystals.Facetted(), SimulatedCrystals.Wavy);
        const double box = 30;

        using var scope = NewDisposeScope();
        Tensor here = StructureFactor.About(atoms, new MillerIndices(1, 1, 1), Size, box);
        Tensor there = StructureFactor.About(atoms, new MillerIndices(1, 1, 1), Size, box, [3, 0, -2]);

        // Voxel (z, y, x) shows what stood at (z - 2, y, x + 3).
        Tensor moved = here[TensorIndex.Slice(0, 30), TensorIndex.Colon, TensorIndex.Slice(3, 32)];
        Tensor same = there[TensorIndex.Slice(2, 32), TensorIndex.Colon, TensorIndex.Slice(0, 29)];
        Assert.InRange(TestTensors.Difference(same, moved), 0, 1e-5);
    }

    // Independent of how StructureFactor takes the displacement apart: exp(-i (Q + q).r) with the whole position.
    private static Tensor Direct(AtomicDisplacement atoms, MillerIndices reflection, double box)
    {
        double[] peak = atoms.BraggPeak(reflection.ScatteringVector);
        double[] strengths = new double[2 * atoms.Count];
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            double phase = Enumerable.Range(0, 3).Sum(axis => -peak[axis] * atoms.Positions[(3 * atom) + axis]);
            (strengths[(2 * atom) + 1], strengths[2 * atom]) = Math.SinCos(phase);
        }

        return DirectSum.Over(Size, [.. atoms.Positions.Select(place => place / box)], strengths);
    }

    // The origin of the sites is the centre of mass, no lattice site.
    private static Tensor WithoutGlobalPhase(Tensor field)
    {
        Tensor sum = (field * field.abs()).sum();
        return field * (sum.conj() / sum.abs());
    }
}
