namespace Fringe.Imaging.Figures;

/// <summary>Figures of predictions of crystals whose objects are known: of each crystal, and of many.</summary>
public static class EvaluationFigures
{
    public static Figure Crystal { get; } = new("crystal", "crystal", "Number of the crystal in its set.");

    public static Figure Error { get; } =
        Erring(
            "error",
            "error",
            "Real-space error 1 - |<a, b>|^2 / (|a|^2 |b|^2) of the predicted object, after removing "
                + "twin, sub-voxel shift, phase ramp and global phase."
        );

    public static Figure NetworkError { get; } =
        Erring(
            "network_error",
            "error of the network alone",
            "Real-space error of the network's own output, before the last steps of phase retrieval."
        );

    public static Figure ShapeError { get; } =
        Erring(
            "shape_error",
            "error of the shape",
            "Mean difference of the predicted amplitudes from the true ones over the mean of the true "
                + "ones, on the voxels of either crystal."
        );

    public static Figure PhaseError { get; } =
        Erring(
            "phase_error_rad",
            "error of the phase",
            "Mean difference of the predicted phases from the true ones on the true crystal's voxels, "
                + "weighted by its amplitude.",
            "rad"
        );

    public static Figure NetworkNoise { get; } =
        new(
            "network_noise_chi",
            "chi of photon noise",
            "Misfit of amplitudes, sum (c|F| - A)^2 / sum A^2, that photon noise alone leaves on the "
                + "network's own grid of 32^3, about."
        );

    public static Figure ExpectedPhotons { get; } =
        new("expected_photons", "expected photons", "Mean number of photons in the simulated pattern.");

    public static Figure StrainLeft { get; } =
        new(
            "strain_left",
            "strain",
            "Root mean square over the inner voxels of the Frobenius norm of the simulated crystal's "
                + "strain beside its mean."
        );

    public static Figure PhaseRange { get; } =
        new("phase_range_rad", "range of the phase", "Range of the true phase from its 1st to its 99th percentile.")
        {
            Unit = "rad",
        };

    public static Figure Atoms { get; } = new("atoms", "atoms", "Number of atoms in the simulated crystal.");

    public static Figure LeastOversampling { get; } =
        new("least_oversampling", "least oversampling ratio", "Smallest oversampling ratio of the three axes.");

    public static Figure Examples { get; } =
        new("examples", "crystals", "Number of simulated crystals that were judged.");

    public static Figure MedianError { get; } =
        Erring("median_error", "median error", "Median over the crystals of the real-space error.");

    public static Figure Error95 { get; } =
        Erring("error_95", "95th percentile of the error", "Real-space error that 95 % of the crystals do not exceed.");

    public static Figure ShareUnder005 { get; } =
        new(
            "share_under_005",
            "share of good predictions",
            "Share of the crystals whose real-space error is under 0.05."
        )
        {
            Better = Better.Higher,
        };

    public static Figure NetworkMedianError { get; } =
        Erring(
            "network_median_error",
            "median error of the network alone",
            "Median over the crystals of the real-space error of the network's own output."
        );

    public static Figure NetworkError95 { get; } =
        Erring(
            "network_error_95",
            "95th percentile of the error of the network alone",
            "Real-space error of the network's own output that 95 % of the crystals do not exceed."
        );

    public static Figure MedianShapeError { get; } =
        Erring("median_shape_error", "median error of the shape", "Median over the crystals of the amplitudes' error.");

    public static Figure ShapeError95 { get; } =
        Erring(
            "shape_error_95",
            "95th percentile of the error of the shape",
            "Error of the amplitudes that 95 % of the crystals do not exceed."
        );

    public static Figure MedianPhaseError { get; } =
        Erring(
            "median_phase_error_rad",
            "median error of the phase",
            "Median over the crystals of the phases' error.",
            "rad"
        );

    public static Figure PhaseError95 { get; } =
        Erring(
            "phase_error_95_rad",
            "95th percentile of the error of the phase",
            "Error of the phases that 95 % of the crystals do not exceed.",
            "rad"
        );

    public static Figure Twins { get; } =
        new("twins", "twins", "Number of crystals whose prediction is the twin, which is as good.");

    /// <summary>Of one crystal.</summary>
    public static IReadOnlyList<Figure> OfCrystal =>
        [
            Crystal,
            Error,
            NetworkError,
            ShapeError,
            PhaseError,
            NetworkNoise,
            ExpectedPhotons,
            StrainLeft,
            PhaseRange,
            Atoms,
            LeastOversampling,
        ];

    /// <summary>Of all crystals with one number of photons, beside this number.</summary>
    public static IReadOnlyList<Figure> OfMany =>
        [
            Examples,
            MedianError,
            Error95,
            ShareUnder005,
            NetworkMedianError,
            NetworkError95,
            MedianShapeError,
            ShapeError95,
            MedianPhaseError,
            PhaseError95,
            Twins,
        ];

    internal static FigureTopic Topic =>
        new(
            "Evaluation",
            "In `evaluation.json` of `evaluate`: the first under `scores`, a crystal each, those from "
                + "`examples` on under `by_photons` and `trusted`.",
            [.. OfCrystal, .. OfMany]
        );

    private static Figure Erring(string jsonName, string name, string meaning, string unit = "") =>
        new(jsonName, name, meaning) { Unit = unit, Better = Better.Lower };
}
