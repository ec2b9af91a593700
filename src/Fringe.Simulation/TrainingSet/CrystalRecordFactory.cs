using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;
using Fringe.Simulation.Lammps;

namespace Fringe.Simulation.TrainingSet;

/// <summary>Puts together what is kept of a simulated crystal.</summary>
internal static class CrystalRecordFactory
{
    /// <param name="recipe">How fine the fields are.</param>
    /// <param name="plan">What was drawn.</param>
    /// <param name="crystal">The atoms' ideal sites.</param>
    /// <param name="relaxed">Where LAMMPS left them.</param>
    /// <param name="atoms">The same, taken apart.</param>
    public static CrystalRecord Create(
        CrystalRecipe recipe,
        CrystalPlan plan,
        AtomicCrystal crystal,
        RelaxedCrystal relaxed,
        AtomicDisplacement atoms
    )
    {
        CrystalFields fields = FieldBuilder.Build(atoms, recipe.FieldVoxels);
        CrystalFields unstrained = FieldBuilder.BuildUnstrained(crystal.Sites, recipe.FieldVoxels);
        (sbyte[] displacement, float step) = CrystalRecord.PackDisplacement(fields.Displacement);
        return new CrystalRecord
        {
            Index = plan.Index,
            Attempt = plan.Attempt,
            Split = SplitOf(plan.Index),
            BlockNanometres = plan.BlockNanometres,
            Atoms = crystal.Count,
            Planes = [.. plan.Planes.SelectMany(plane => new[] { plane.X, plane.Y, plane.Z, plane.Distance })],
            Facets = crystal.Facets,
            IsClamped = plan.IsClamped,
            AppliedStrain = plan.Strain,
            Tolerance = plan.Tolerance,
            FirstSteps = relaxed.FirstSteps,
            SecondSteps = relaxed.SecondSteps,
            EnergyPerAtomElectronvolts = relaxed.EnergyPerAtomElectronvolts,
            Extent = FieldBuilder.Extent(atoms.Positions),
            StrainLeft = StrainLeft(fields),
            PhaseRange111Radians = PhaseRange(atoms, new MillerIndices(1, 1, 1)),
            MeanGradient = atoms.MeanGradient,
            FieldVoxels = recipe.FieldVoxels,
            VoxelLatticeUnits = fields.VoxelLatticeUnits,
            BlurLatticeUnits = fields.BlurLatticeUnits,
            Density = CrystalRecord.PackDensity(fields.Density),
            Displacement = displacement,
            DisplacementStep = step,
            UnstrainedDensity = CrystalRecord.PackDensity(unstrained.Density),
            UnstrainedVoxelLatticeUnits = unstrained.VoxelLatticeUnits,
        };
    }

    // By crystal, so that no example of a crystal that is tested with was ever learnt from: of each twenty one for
    // validation and three for the test.
    private static CrystalSplit SplitOf(int index) =>
        (index % 20) switch
        {
            0 => CrystalSplit.Validation,
            1 or 8 or 15 => CrystalSplit.Test,
            _ => CrystalSplit.Train,
        };

    private static double PhaseRange(AtomicDisplacement atoms, MillerIndices reflection)
    {
        double[] wave = reflection.ScatteringVector;
        double[] phases = new double[atoms.Count];
        for (int atom = 0; atom < phases.Length; atom++)
        {
            ReadOnlySpan<double> u = atoms.Residual.AsSpan(3 * atom, 3);
            phases[atom] = (wave[0] * u[0]) + (wave[1] * u[1]) + (wave[2] * u[2]);
        }

        Array.Sort(phases);
        return phases[(int)(0.99 * (phases.Length - 1))] - phases[(int)(0.01 * (phases.Length - 1))];
    }

    // Central differences of the displacement where the neighbours are inside too.
    private static double StrainLeft(CrystalFields fields)
    {
        const float inside = 0.7f;
        int n = fields.Size;
        int[] strides = [1, n, n * n];
        int volume = n * n * n;
        double sum = 0;
        int count = 0;
        for (int at = n * n; at < volume - (n * n); at++)
        {
            bool isInside =
                fields.Density[at] > inside
                && strides.All(stride => fields.Density[at - stride] > inside && fields.Density[at + stride] > inside);
            if (!isInside)
            {
                continue;
            }

            double Slope(int component, int axis) =>
                (
                    fields.Displacement[(component * volume) + at + strides[axis]]
                    - fields.Displacement[(component * volume) + at - strides[axis]]
                ) / (2 * fields.VoxelLatticeUnits);
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    double strain = 0.5 * (Slope(i, j) + Slope(j, i));
                    sum += strain * strain;
                }
            }

            count++;
        }

        return count > 0 ? Math.Sqrt(sum / count) : 0;
    }
}
