using System.Globalization;
using Fringe.Simulation.Crystals;

namespace Fringe.Simulation.Lammps;

/// <summary>
/// The input script of one crystal: minimise, deform the box with its atoms, minimise again (Chan et al. 2021, II A).
/// </summary>
internal static class LammpsScript
{
    /// <summary>Names of the files beside the script.</summary>
    public const string DataFile = "crystal.data";

    public const string DumpFile = "final.dump";
    public const string StepsFile = "steps.txt";

    private const int MostSteps = 5000;

    /// <param name="plan">Strain and tolerance.</param>
    /// <param name="potential">Full path of the EAM file.</param>
    public static string Write(CrystalPlan plan, string potential)
    {
        double[] strain = [.. plan.Strain];
        string first = Minimise(CrystalRecipe.FirstTolerance);
        string second = Minimise(plan.Tolerance);
        string hold = plan.IsClamped ? "group substrate type 2\nfix hold substrate setforce 0 0 0\n" : "";
        // Tilts are lengths: the shear times the box's edge it runs along.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            units metal
            atom_style atomic
            atom_modify map array
            boundary p p p
            box tilt large
            read_data {DataFile}
            pair_style eam
            pair_coeff * * {potential}
            neighbor 1.0 bin
            neigh_modify delay 0 every 1 check yes
            thermo 100
            thermo_style custom step pe fmax
            min_style cg
            {first}
            print "$(step) $(pe/atoms:%.12g)" append {StepsFile} screen no
            variable xy equal {strain[3]:R}*ly
            variable xz equal {strain[4]:R}*lz
            variable yz equal {strain[5]:R}*lz
            change_box all x scale {1 + strain[0]:R} y scale {1 + strain[1]:R} z scale {1
                + strain[2]:R} xy delta $(v_xy) xz delta $(v_xz) yz delta $(v_yz) remap units box
            {hold}{second}
            print "$(step) $(pe/atoms:%.12g)" append {StepsFile} screen no
            write_dump all custom {DumpFile} id xu yu zu modify sort id format float %.10f

            """
        );
    }

    private static string Minimise(double tolerance) =>
        string.Create(CultureInfo.InvariantCulture, $"minimize {tolerance:R} 0 {MostSteps} {10 * MostSteps}");
}
