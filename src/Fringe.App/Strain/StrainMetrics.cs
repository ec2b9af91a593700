using Fringe.App.Reports;
using Fringe.Core.Analysis;
using Fringe.Core.Metrics;

namespace Fringe.App.Strain;

/// <summary>The figures of a crystal in nm, for <c>metrics.json</c>, the report and the terminal.</summary>
internal static class StrainMetrics
{
    /// <summary>Of a lattice spacing: strains are parts of ten thousand of it.</summary>
    public const int SpacingDigits = 5;

    /// <summary>Those that a terminal shows.</summary>
    public static IReadOnlyList<string> Shown { get; } =
    [
        "size_x_nm",
        "size_y_nm",
        "size_z_nm",
        "prtf_resolution_1e_nm",
        "fsc_resolution_half_nm",
        "d_spacing_nm",
        "lattice_constant_nm",
        "strain_bulk_rms",
        "strain_surface_rms",
        "strain_bulk_uncertainty",
        "dislocated_voxels",
    ];

    /// <param name="found">Borrowed.</param>
    /// <param name="prtf">null = not known.</param>
    /// <param name="correlation">With its replicas; null = not known.</param>
    public static IEnumerable<MetricRow> Of(StrainedCrystal found, ShellCurve? prtf, ShellCurve? correlation)
    {
        StrainMap map = found.Map;
        double cube = found.Grid.CubeNanometres;
        string frame = $"In the {found.Crystal.Frame.ToString().ToLowerInvariant()} frame (docs/geometry.md).";
        foreach ((double size, string axis) in found.SizeNanometres.Zip(["x", "y", "z"]))
        {
            yield return new($"size_{axis}_nm", $"crystal along {axis}", size, "nm", $"Extent of the crystal. {frame}");
        }

        yield return new(
            "voxel_nm",
            "cubic voxel",
            found.Crystal.VoxelNanometres,
            "nm",
            "Edge of the voxels of reconstruction.vti: the shortest edge of the phased object's, so that no axis loses resolution."
        );
        foreach ((double edge, string axis) in found.Grid.VoxelNanometres.Zip(["z", "y", "x"]))
        {
            yield return new(
                $"skewed_voxel_{axis}_nm",
                $"phased voxel along {axis}",
                edge,
                "nm",
                "Edge of the voxels of reconstruction.npy, which are not square to each other."
            );
        }

        yield return Resolution(
            "prtf_resolution_1e_nm",
            "resolution in nm, PRTF at 1/e",
            prtf,
            1 / Math.E,
            "Full period: that in voxels times the edge of a cube of the phased voxels' volume."
        );
        yield return Resolution(
            "fsc_resolution_half_nm",
            "resolution in nm, FSC at 0.5",
            correlation,
            FourierShellCorrelation.Level,
            "The same of the correlation with the replicas."
        );
        yield return new(
            "scattering_vector_per_nm",
            "|Q|",
            map.ScatteringVector.Length,
            "nm^-1",
            "Of the mean lattice: peak and mean phase slope."
        )
        {
            Digits = SpacingDigits,
        };
        yield return new(
            "d_spacing_nm",
            "d-spacing",
            map.DSpacingNanometres,
            "nm",
            "Mean spacing of the lattice planes, 2 pi / |Q|."
        )
        {
            Digits = SpacingDigits,
        };
        if (found.Reflection is { } reflection)
        {
            yield return new(
                "lattice_constant_nm",
                $"lattice constant, cubic, from {reflection}",
                map.LatticeConstantNanometres(reflection),
                "nm",
                "That a cubic crystal has for this d-spacing."
            )
            {
                Digits = SpacingDigits,
            };
        }

        yield return new(
            "two_theta_deg",
            "2 theta",
            found.Peak.TwoThetaRadians * 180 / Math.PI,
            "deg",
            "Between the direct and the diffracted beam, at the peak's voxel."
        )
        {
            Digits = SpacingDigits,
        };
        foreach (MetricRow row in Strains("strain", "strain", map.WholeStrain, "over the crystal"))
        {
            yield return row;
        }

        yield return Rms(
            "strain_bulk_rms",
            "strain in the bulk, rms",
            map.BulkStrain,
            "Voxels with all six neighbours."
        );
        yield return Rms("strain_surface_rms", "strain at the surface, rms", map.SurfaceStrain, "The other voxels.");
        if (found.Uncertainty is { } uncertainty)
        {
            yield return Rms(
                "strain_bulk_uncertainty",
                "uncertainty of the strain in the bulk, rms",
                uncertainty.BulkStrain,
                "Root mean square distance of the replicas' strain from the crystal's (docs/results/uncertainty.md)."
            );
            yield return Rms(
                "strain_surface_uncertainty",
                "uncertainty of the strain at the surface, rms",
                uncertainty.SurfaceStrain,
                "The same at the surface."
            );
            yield return new(
                "displacement_uncertainty_nm",
                "uncertainty of the displacement, rms",
                Known(uncertainty.WholeDisplacement.RootMeanSquare),
                "nm",
                "The same of the displacement, over the crystal."
            );
        }

        yield return new(
            "displacement_rms_nm",
            "displacement, rms",
            Known(map.WholeDisplacement.RootMeanSquare),
            "nm",
            "u_G = -phi/|G| over the crystal, mean and slope removed."
        );
        yield return new(
            "dislocated_voxels",
            "dislocated voxels",
            map.DislocatedVoxels,
            "voxels",
            "Voxels that the phase winds round: a dislocation's core. They have no strain."
        );

        MetricRow Resolution(string key, string name, ShellCurve? curve, double level, string meaning) =>
            MetricRow.Resolution(key, name, curve, level, cube, "nm", meaning);
    }

    private static IEnumerable<MetricRow> Strains(string key, string name, FieldStatistics of, string where)
    {
        yield return Rms($"{key}_rms", $"{name}, rms", of, $"d u_G / d x_G {where}, about the mean lattice.");
        yield return new($"{key}_min", $"smallest {name}", Known(of.Minimum), "", $"The smallest {where}.");
        yield return new($"{key}_max", $"largest {name}", Known(of.Maximum), "", $"The largest {where}.");
    }

    private static MetricRow Rms(string key, string name, FieldStatistics of, string meaning) =>
        new(key, name, Known(of.RootMeanSquare), "", meaning);

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
