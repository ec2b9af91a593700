using Fringe.Core.Volumes;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.Diffraction;

[Collection(TensorTests.Name)]
public sealed class FieldBuilderTests
{
    private const int Voxels = 40;

    [Fact, LeakCheck]
    public void Build_PerfectCrystal_HasDensityOneAndAllItsAtoms()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        CrystalFields fields = FieldBuilder.BuildUnstrained(crystal.Sites, Voxels);

        double atoms = 4 * Math.Pow(fields.VoxelLatticeUnits, 3) * fields.Density.Sum(value => (double)value);
        Assert.InRange(atoms / crystal.Count, 0.99, 1.01);
        // No stripes of the lattice: inside, away from the surface, the density is flat.
        int[] inner = [.. Inner(fields)];
        Assert.True(inner.Length > 500);
        Assert.All(inner, at => Assert.InRange(fields.Density[at], 0.985f, 1.015f));
        Assert.All(fields.Displacement, value => Assert.Equal(0, value));
    }

    [Fact, LeakCheck]
    public void Build_KnownDisplacement_IsThereWithoutItsMeanGradient()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(crystal, SimulatedCrystals.Wavy);
        CrystalFields fields = FieldBuilder.Build(atoms, Voxels);

        // Against the atoms nearest to a voxel's centre: u changes by 0.02 lattice units over the blur.
        int volume = Voxels * Voxels * Voxels;
        foreach (int at in Inner(fields).Where((_, number) => number % 50 == 0))
        {
            double[] place = Place(fields, at);
            int nearest = Enumerable
                .Range(0, atoms.Count)
                .MinBy(atom =>
                    Enumerable.Range(0, 3).Sum(i => Math.Pow(atoms.Positions[(3 * atom) + i] - place[i], 2))
                );
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal(atoms.Residual[(3 * nearest) + axis], fields.Displacement[(axis * volume) + at], 0.02);
            }
        }
    }

    // Voxels at least two lattice units inside the crystal.
    private static IEnumerable<int> Inner(CrystalFields fields)
    {
        int reach = (int)Math.Ceiling(2 / fields.VoxelLatticeUnits);
        int n = fields.Size;
        return Enumerable
            .Range(0, n * n * n)
            .Where(at =>
                Steps(at, n, reach).All(step => fields.Density[at] > 0.5 && step >= 0 && fields.Density[step] > 0.5)
            );
    }

    private static int[] Steps(int at, int n, int reach)
    {
        int[] place = [at / (n * n), at / n % n, at % n];
        bool isFar = place.All(index => index >= reach && index < n - reach);
        int[] strides = [n * n, n, 1];
        return isFar ? [.. strides.SelectMany(stride => new[] { at - (reach * stride), at + (reach * stride) })] : [-1];
    }

    // x, y, z of a voxel's centre from the crystal's centre of mass, lattice units.
    private static double[] Place(CrystalFields fields, int at)
    {
        int n = fields.Size;
        return
        [
            .. new[] { at % n, at / n % n, at / (n * n) }.Select(index => (index - (n / 2)) * fields.VoxelLatticeUnits),
        ];
    }
}
