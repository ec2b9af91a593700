using Fringe.Formats.Crystals;

namespace Fringe.Simulation.CrystalSets;

/// <summary>The figures of a report on a set, in the order in which they are printed.</summary>
public static class CrystalFigures
{
    private const double Percent = 100;

    /// <summary>Figures with a histogram each.</summary>
    public static IReadOnlyList<CrystalFigure> Of(CrystalSetData data)
    {
        double lattice = data.Provenance.LatticeConstantNanometres;
        List<CrystalFigure> figures =
        [
            Figure(
                "block_edge",
                "block edge",
                "nm",
                "Edge of the block a crystal is cut from.",
                c => c.BlockNanometres
            ),
            Figure(
                "crystal_size",
                "crystal size",
                "nm",
                "Largest extent of the strained crystal along a cube edge.",
                c => c.Extent.Max() * lattice
            ) with
            {
                IsHeadline = true,
            },
            Figure("atoms", "atoms", "", "Atoms of a crystal.", c => c.Atoms) with
            {
                IsHeadline = true,
            },
            Figure(
                "facets",
                "facets",
                "",
                "Planes that bound a crystal, faces of the block among them.",
                c => c.Facets
            ),
            Figure(
                "applied_strain",
                "strain applied",
                "%",
                "Frobenius norm of the strain by which the box was deformed.",
                c => Percent * Norm(c.AppliedStrain)
            ),
            Figure(
                "strain_left",
                "strain left",
                "%",
                "Rms over the inner voxels of the Frobenius norm of the strain beside its mean.",
                c => Percent * c.StrainLeft
            ) with
            {
                IsHeadline = true,
            },
            Figure(
                "phase_range_111",
                "phase range of (111)",
                "rad",
                "1st to 99th percentile over the atoms of 2π u·(111), without the mean strain.",
                c => c.PhaseRange111Radians
            ) with
            {
                IsHeadline = true,
            },
            Figure(
                "first_steps",
                "steps of the first minimisation",
                "",
                "Steps that the unstrained crystal took to relax.",
                c => c.FirstSteps
            ),
            Figure(
                "second_steps",
                "steps of the second minimisation",
                "",
                "Steps that the strained crystal took until its tolerance.",
                c => c.SecondSteps
            ),
        ];
        if (data.Oversampling.Count > 0)
        {
            figures.Add(
                new CrystalFigure(
                    "oversampling",
                    "oversampling ratio of the examples",
                    "",
                    "Edge of the volume over the crystal's largest extent.",
                    data.Oversampling,
                    []
                )
            );
        }

        return figures;

        CrystalFigure Figure(string key, string name, string unit, string meaning, Func<CrystalRecord, double> value) =>
            new(
                key,
                name,
                unit,
                meaning,
                [.. data.Crystals.Select(value)],
                [.. data.Crystals.Select(crystal => crystal.IsClamped)]
            );
    }

    /// <summary>Time inside LAMMPS of each crystal; null without a log.</summary>
    public static CrystalFigure? LammpsSeconds(CrystalSetData data)
    {
        double[] seconds = [.. data.Log.Where(entry => entry.IsMade).Select(entry => entry.LammpsTime.TotalSeconds)];
        return seconds.Length == 0
            ? null
            : new CrystalFigure(
                "lammps_seconds",
                "time inside LAMMPS",
                "s",
                "Of each crystal, both minimisations together.",
                seconds,
                []
            );
    }

    // xx, yy, zz, then shears that move one axis along another: the strain tensor has half of each in two places.
    private static double Norm(IReadOnlyList<double> applied)
    {
        double axial = applied.Take(3).Sum(value => value * value);
        double shear = applied.Skip(3).Sum(value => value * value / 2);
        return Math.Sqrt(axial + shear);
    }
}
