namespace Fringe.Imaging.Figures;

/// <summary>Figures of an object's uncertainty, from replicas.</summary>
public static class UncertaintyFigures
{
    public static Figure Phase { get; } =
        new(
            "phase_uncertainty_rad",
            "uncertainty of the phase, rms",
            "Root mean square distance of the replicas' phase from the object's over its support, "
                + "weighted by the squared amplitude and widened as the free voxels tell; what another start "
                + "would change is not in it (docs/results/spread.md)."
        )
        {
            Unit = "rad",
            Better = Better.Lower,
        };

    public static Figure Amplitude { get; } =
        new(
            "amplitude_uncertainty",
            "uncertainty of the amplitude, rms",
            "Root mean square distance of the replicas' amplitude from the object's over its support, as "
                + "a share of the root mean square amplitude, widened as the free voxels tell."
        )
        {
            Better = Better.Lower,
        };

    public static Figure FscResolution { get; } =
        new(
            "fsc_resolution_half_voxels",
            "resolution in voxels, FSC at 0.5",
            "Full period at which the Fourier shell correlation of the object with its replicas falls to "
                + "0.5; 2 is the sampling's limit, printed as \"<= 2\" where the correlation stays higher."
        )
        {
            Unit = "voxels",
            Better = Better.Lower,
        };

    public static Figure Widening { get; } =
        new(
            "uncertainty_widening",
            "widening of the uncertainty",
            "Factor in all uncertainties and in the Fourier shell correlation: how far the object's far "
                + "field is off over how far the replicas' are, as the free voxels tell it, at least 1; not "
                + "known without free voxels."
        );

    public static Figure Replicas { get; } =
        new(
            "replicas",
            "replicas",
            "How many times the method found the object again in photons that the object itself would give."
        );

    internal static FigureTopic Topic =>
        new(
            "Uncertainty",
            "In results of `phase` that asked for replicas. Maps: `phase_uncertainty.npy`, "
                + "`amplitude_uncertainty.npy`, `uncertainty.png`.",
            [Phase, Amplitude, FscResolution, Widening, Replicas]
        );
}
