using Fringe.Core.Geometry;
using Fringe.Core.Metrics;
using Fringe.Core.Strain;
using Fringe.Imaging.Crystals;

namespace Fringe.Imaging.Figures;

/// <summary>The figures of a crystal in nm, for <c>metrics.json</c>, the report and the terminal.</summary>
internal static class StrainMetrics
{
    // Of a lattice spacing: strains are parts of ten thousand of it. Where the detector is only taken to point at the peak it is not known so well.
    private const int SpacingDigits = 5;
    private const int SpacingDigitsWithoutBeam = 4;

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
        int digits = DigitsOfSpacing(found);
        string pointing = found.Scan.Geometry.DirectBeam is not null
            ? ""
            : " The detector is taken to point at the peak: --direct-beam makes it as sure as the motors.";
        string frame = $"In the {found.Crystal.Frame.ToString().ToLowerInvariant()} frame (docs/geometry.md).";
        foreach ((double size, string axis) in found.SizeNanometres.Zip(["x", "y", "z"]))
        {
            yield return new(
                $"size_{axis}_nm",
                $"crystal along {axis}",
                size,
                "nm",
                $"Planes that the crystal fills to a hundredth of its largest section. {frame}"
            );
        }

        BraggGeometry geometry = found.Scan.Geometry;
        yield return Given("energy_ev", "photon energy", geometry.EnergyElectronvolts, "eV");
        yield return Given("detector_distance_m", "distance of the detector", geometry.DistanceMetres, "m");
        yield return Given("pixel_um", "edge of a pixel", geometry.ColumnPitchMetres * 1e6, "um");
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
        yield return Spacing(
            "scattering_vector_per_nm",
            "|Q|",
            map.ScatteringVector.Length,
            "nm^-1",
            "Of the mean lattice: peak and mean phase slope."
        );
        yield return Spacing(
            "d_spacing_nm",
            "d-spacing",
            map.DSpacingNanometres,
            "nm",
            $"Mean spacing of the lattice planes, 2 pi / |Q|.{pointing}"
        );
        if (found.Reflection is { } reflection)
        {
            yield return Spacing(
                "lattice_constant_nm",
                $"lattice constant, cubic, from {reflection}",
                map.LatticeConstantNanometres(reflection),
                "nm",
                $"That a cubic crystal has for this d-spacing.{pointing}"
            );
        }

        yield return Spacing(
            "two_theta_deg",
            "2 theta",
            found.Peak.TwoThetaRadians * 180 / Math.PI,
            "deg",
            $"Between the direct and the diffracted beam, at the peak's voxel.{pointing}"
        );
        yield return Rms(
            "strain_rms",
            "strain, rms",
            map.WholeStrain,
            "d u_G / d x_G over the crystal, about the mean lattice."
        );
        yield return new(
            "strain_min",
            "smallest strain in the bulk",
            Known(map.BulkStrain.Minimum),
            "",
            "Of one voxel, whose uncertainty the picture shows; voxels at the surface are left out."
        );
        yield return new("strain_max", "largest strain in the bulk", Known(map.BulkStrain.Maximum), "", "The same.");
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

        MetricRow Spacing(string key, string name, double value, string unit, string meaning) =>
            new(key, name, value, unit, meaning) { Digits = digits };

        MetricRow Resolution(string key, string name, ShellCurve? curve, double level, string meaning) =>
            MetricRow.Resolution(key, name, curve, level, cube, "nm", meaning);
    }

    /// <summary>Significant digits of a lattice spacing.</summary>
    public static int DigitsOfSpacing(StrainedCrystal found) =>
        found.Scan.Geometry.DirectBeam is null ? SpacingDigitsWithoutBeam : SpacingDigits;

    private static MetricRow Given(string key, string name, double value, string unit) =>
        new(key, name, value, unit, "As recorded or given: what all lengths here rest on.") { Digits = SpacingDigits };

    private static MetricRow Rms(string key, string name, FieldStatistics of, string meaning) =>
        new(key, name, Known(of.RootMeanSquare), "", meaning);

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
