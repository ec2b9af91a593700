namespace Fringe.Imaging.Figures;

/// <summary>Figures of a crystal in nm and of the geometry that it was measured in.</summary>
public static class StrainFigures
{
    // Strains are parts of ten thousand of a lattice spacing.
    private const int SpacingDigits = 5;

    private const string Pointing =
        " Where the pixel of the direct beam is not known, the detector is taken to point at the "
        + "peak: 0.3 degrees of two theta were 0.9 % of the spacing on scan 54.";

    private const string Given = ", as recorded or given: all lengths of the crystal rest on it.";

    /// <summary>Along x, y, z of the crystal's frame.</summary>
    public static AxisFigures Size { get; } =
        AxisFigures.OfSpace(axis =>
            new(
                $"size_{axis}_nm",
                $"crystal along {axis}",
                "Extent of the crystal along the named axis of the frame that was asked for: planes that it "
                    + "fills to a hundredth of its largest section."
            )
            {
                Unit = "nm",
            }
        );

    public static Figure Energy { get; } =
        new("energy_ev", "photon energy", $"Energy of a photon{Given}") { Unit = "eV", Digits = SpacingDigits };

    public static Figure DetectorDistance { get; } =
        new("detector_distance_m", "distance of the detector", $"Distance of the detector from the crystal{Given}")
        {
            Unit = "m",
            Digits = SpacingDigits,
        };

    public static Figure Pixel { get; } =
        new("pixel_um", "edge of a pixel", $"Edge of a pixel of the detector along its rows{Given}")
        {
            Unit = "um",
            Digits = SpacingDigits,
        };

    public static Figure Voxel { get; } =
        new(
            "voxel_nm",
            "cubic voxel",
            "Edge of the voxels of reconstruction.vti: the shortest edge of the phased object's, so that "
                + "no axis loses resolution."
        )
        {
            Unit = "nm",
        };

    /// <summary>Along z, y, x of the phased object.</summary>
    public static AxisFigures SkewedVoxel { get; } =
        AxisFigures.OfVolume(axis =>
            new(
                $"skewed_voxel_{axis}_nm",
                $"phased voxel along {axis}",
                "Edge, along the axis named, of the voxels of reconstruction.npy, which are not square to "
                    + "each other."
            )
            {
                Unit = "nm",
            }
        );

    /// <summary>Where the transfer function falls to 1/e.</summary>
    public static Figure PrtfResolution { get; } =
        Resolution(
            "prtf_resolution_1e_nm",
            "resolution in nm, PRTF at 1/e",
            "the phase retrieval transfer function of the kept starts falls to 1/e"
        );

    public static Figure FscResolution { get; } =
        Resolution(
            "fsc_resolution_half_nm",
            "resolution in nm, FSC at 0.5",
            "the Fourier shell correlation of the object with its replicas falls to 0.5"
        );

    public static Figure ScatteringVector { get; } =
        new(
            "scattering_vector_per_nm",
            "|Q|",
            "Length of the scattering vector of the mean lattice: the peak with the object's mean phase "
                + $"slope.{Pointing}"
        )
        {
            Unit = "nm^-1",
            Digits = SpacingDigits,
        };

    public static Figure DSpacing { get; } =
        new("d_spacing_nm", "d-spacing", $"Mean spacing 2 pi / |Q| of the lattice planes that diffract.{Pointing}")
        {
            Unit = "nm",
            Digits = SpacingDigits,
        };

    /// <summary>Only where the reflection is known.</summary>
    public static Figure LatticeConstant { get; } =
        new(
            "lattice_constant_nm",
            "lattice constant, cubic",
            "Lattice constant that a cubic crystal has for the measured spacing of its planes, where the "
                + $"reflection was given.{Pointing}"
        )
        {
            Unit = "nm",
            Digits = SpacingDigits,
        };

    public static Figure TwoTheta { get; } =
        new(
            "two_theta_deg",
            "2 theta",
            $"Angle between the direct and the diffracted beam at the peak's voxel.{Pointing}"
        )
        {
            Unit = "deg",
            Digits = SpacingDigits,
        };

    public static Figure StrainRms { get; } =
        new(
            "strain_rms",
            "strain, rms",
            "Root mean square over the crystal of the strain d u_G / d x_G along Q, about the mean lattice."
        );

    public static Figure StrainMinimum { get; } = Extreme("strain_min", "smallest strain in the bulk", "Smallest");

    public static Figure StrainMaximum { get; } = Extreme("strain_max", "largest strain in the bulk", "Largest");

    public static Figure StrainBulk { get; } =
        new(
            "strain_bulk_rms",
            "strain in the bulk, rms",
            "Root mean square of the strain along Q over voxels that have all six neighbours in the crystal."
        );

    public static Figure StrainSurface { get; } =
        new(
            "strain_surface_rms",
            "strain at the surface, rms",
            "Root mean square of the strain along Q over the crystal's voxels that lack a neighbour."
        );

    /// <summary>Only with replicas.</summary>
    public static Figure StrainBulkUncertainty { get; } =
        Uncertainty(
            "strain_bulk_uncertainty",
            "strain in the bulk",
            "strain from the crystal's, over voxels that have all six neighbours"
        );

    /// <summary>Only with replicas.</summary>
    public static Figure StrainSurfaceUncertainty { get; } =
        Uncertainty(
            "strain_surface_uncertainty",
            "strain at the surface",
            "strain from the crystal's, over voxels that lack a neighbour"
        );

    /// <summary>Only with replicas.</summary>
    public static Figure DisplacementUncertainty { get; } =
        Uncertainty(
            "displacement_uncertainty_nm",
            "displacement",
            "displacement from the crystal's, mean and slope of each taken away",
            "nm"
        );

    public static Figure DisplacementRms { get; } =
        new(
            "displacement_rms_nm",
            "displacement, rms",
            "Root mean square over the crystal of the displacement u_G = -phi/|G| along Q, mean and " + "slope removed."
        )
        {
            Unit = "nm",
        };

    public static Figure DislocatedVoxels { get; } =
        new(
            "dislocated_voxels",
            "dislocated voxels",
            "Number of voxels that the phase winds round: a dislocation's core. They have no strain."
        )
        {
            Unit = "voxels",
        };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Figure> All =>
        [
            .. Size,
            Energy,
            DetectorDistance,
            Pixel,
            Voxel,
            .. SkewedVoxel,
            PrtfResolution,
            FscResolution,
            ScatteringVector,
            DSpacing,
            LatticeConstant,
            TwoTheta,
            StrainRms,
            StrainMinimum,
            StrainMaximum,
            StrainBulk,
            StrainSurface,
            StrainBulkUncertainty,
            StrainSurfaceUncertainty,
            DisplacementUncertainty,
            DisplacementRms,
            DislocatedVoxels,
        ];

    internal static FigureTopic Topic =>
        new(
            "Crystal in nm",
            "In results of `phase` with a geometry ([geometry.md](geometry.md) says what counts as "
                + "crystal): the uncertainties with replicas, the lattice constant with the reflection.",
            All
        );

    private static Figure Resolution(string jsonName, string name, string where) =>
        new(
            jsonName,
            name,
            $"Full period at which {where}: the period in voxels times the edge of a cube of the phased "
                + "voxels' volume."
        )
        {
            Unit = "nm",
            Better = Better.Lower,
        };

    private static Figure Extreme(string jsonName, string name, string which) =>
        new(
            jsonName,
            name,
            $"{which} strain of a single voxel in the bulk; where the crystal is dim it is noise, as the "
                + "map of the uncertainty shows."
        );

    private static Figure Uncertainty(string jsonName, string name, string ofWhat, string unit = "") =>
        new(jsonName, $"uncertainty of the {name}, rms", $"Root mean square distance of the replicas' {ofWhat}.")
        {
            Unit = unit,
            Better = Better.Lower,
        };
}
