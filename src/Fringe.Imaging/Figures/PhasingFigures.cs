namespace Fringe.Imaging.Figures;

/// <summary>Figures of an object that was found in a pattern, and of the run that found it.</summary>
public static class PhasingFigures
{
    public static Figure Chi { get; } =
        new(
            "chi",
            "chi",
            "Misfit of the modelled to the measured amplitudes over all measured voxels, sum (c|F| - "
                + "A)^2 / sum A^2 with A the root of the photons and c the best scale: the square of the usual "
                + "R_F, 0 is perfect; compare it only at equal shape and mask."
        )
        {
            Better = Better.Lower,
        };

    public static Figure FreeLogLikelihood { get; } =
        new(
            "free_llk",
            "free log-likelihood",
            "Mean Poisson misfit m - n + n ln(n/m) of voxels that were kept out of the fit, with n "
                + "photons measured and m predicted (at least 0.05); photon noise alone leaves about 0.5 or "
                + "less."
        )
        {
            Better = Better.Lower,
        };

    public static Figure FreeMisfitOverNoise { get; } =
        new(
            "free_misfit_over_noise",
            "free misfit over photon noise",
            "Poisson misfit of the voxels that were kept out of the fit, over what it would be if their "
                + "photons followed the object exactly; with 1e7 photons an object up to about 1.8 is right, "
                + "with 1e5 it does not tell right from wrong."
        )
        {
            Better = Better.Lower,
        };

    public static Figure MisfitOverNoise { get; } =
        new(
            "misfit_over_noise",
            "misfit over photon noise",
            "Poisson misfit of all measured voxels in which the object predicts more than one photon, over "
                + "what it would be if their photons followed the object exactly; of simulated crystals, right "
                + "objects have up to about 1.2 (docs/results/spread.md)."
        )
        {
            Better = Better.Lower,
        };

    /// <summary>Along z, y, x of the pattern; only where a blur was fitted and kept.</summary>
    public static AxisFigures CoherenceBlur { get; } =
        AxisFigures.OfVolume(axis =>
            new(
                $"coherence_blur_{axis}",
                $"blur by partial coherence along {axis}",
                "Standard deviation of the Gaussian blur of the pattern, along the axis named, that was "
                    + "fitted for partial coherence and kept; misfit and modelled pattern contain it. Absent where "
                    + "the beam was taken for coherent."
            )
            {
                Unit = "voxels",
            }
        );

    public static Figure SupportVoxels { get; } =
        new("support_voxels", "support", "Number of voxels inside the crystal's outline.") { Unit = "voxels" };

    public static Figure Agreement { get; } =
        new(
            "agreement",
            "agreement between starts",
            "Mean complex correlation |<a, b>| / (|a| |b|) of all other starts with the best, 0 to 1, "
                + "after removing twin, sub-voxel shift and global phase; low means that the result depends on "
                + "chance."
        )
        {
            Better = Better.Higher,
        };

    public static Figure StartsKept { get; } =
        new(
            "starts_kept",
            "starts kept",
            "Number of starts that correlate enough with the best one to be averaged with it where that "
                + "lowers the misfit, the best one included."
        );

    public static Figure Starts { get; } =
        new(
            "starts",
            "starts",
            "Number of starts that were run; by default no further one follows when another agrees with the best: any where that reaches the "
                + "photon noise, else one that does not begin with the network as well."
        );

    /// <summary>Where the transfer function falls to 1/e.</summary>
    public static Figure PrtfResolution { get; } = Prtf("1e", "1/e");

    /// <summary>Where the transfer function falls to 0.5.</summary>
    public static Figure PrtfResolutionHalf { get; } = Prtf("half", "0.5");

    public static Figure Iterations { get; } =
        new(
            "iterations",
            "iterations",
            "Iterations of the best start on its finest grid, steps of refinement included."
        );

    public static Figure Seed { get; } =
        new(
            "seed",
            "seed",
            "Seed of all that is drawn at random: the same seed, machine and thread count give the same bytes."
        );

    public static Figure Threads { get; } = new("threads", "threads", "Number of threads that computed.");

    internal static FigureTopic Topic =>
        new(
            "Phasing",
            "In every result of `phase`, the blur where one was fitted; chi, the free voxels and the "
                + "support in those of `compare`, chi in those of `predict`, too; the threads in those of "
                + "`compare` alone.",
            [
                Chi,
                FreeLogLikelihood,
                FreeMisfitOverNoise,
                MisfitOverNoise,
                .. CoherenceBlur,
                SupportVoxels,
                Agreement,
                StartsKept,
                Starts,
                PrtfResolution,
                PrtfResolutionHalf,
                Iterations,
                Seed,
                Threads,
            ]
        );

    private static Figure Prtf(string name, string level) =>
        new(
            $"prtf_resolution_{name}_voxels",
            $"resolution in voxels, PRTF at {level}",
            "Full period at which the phase retrieval transfer function of the kept starts, of which those from the network count as one, falls to "
                + $"{level}; 2 is the sampling's limit, printed as \"<= 2\" where the function stays higher."
        )
        {
            Unit = "voxels",
            Better = Better.Lower,
        };
}
