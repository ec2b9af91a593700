namespace Fringe.Imaging.Figures;

/// <summary>Figures of the network's prediction, on its own grid of 32^3 voxels.</summary>
public static class NetworkFigures
{
    public static Figure Spread { get; } =
        new(
            "network_spread",
            "spread of the network",
            "Mean real-space error between the network's predictions of the mirrored pattern, 0 where "
                + "they agree; above 0.1 the network is in doubt."
        )
        {
            Better = Better.Lower,
        };

    public static Figure Chi { get; } =
        new(
            "network_chi",
            "chi of the prediction",
            "Misfit of the modelled to the measured amplitudes, sum (c|F| - A)^2 / sum A^2, of the "
                + "network's object on its own grid of 32^3; above 0.006 and 4 times what photon noise leaves, "
                + "the network is in doubt."
        )
        {
            Better = Better.Lower,
        };

    public static Figure SupportVoxels { get; } =
        new(
            "network_support_voxels",
            "support of the prediction",
            "Number of voxels inside the crystal's outline on the network's own grid of 32^3."
        )
        {
            Unit = "voxels",
        };

    /// <summary>Along z, y, x of the network's grid.</summary>
    public static AxisFigures Oversampling { get; } =
        AxisFigures.OfVolume(axis =>
            new(
                $"network_oversampling_{axis}",
                $"oversampling ratio of the network's input along {axis}",
                "Length of the network's grid over the object's extent along the axis named, after "
                    + "resampling; the network knows 1.5 best."
            )
        );

    /// <summary>Along z, y, x of the pattern.</summary>
    public static AxisFigures ResamplingStep { get; } =
        AxisFigures.OfVolume(axis =>
            new(
                $"resampling_step_{axis}",
                $"step of the network's grid along {axis}",
                "Voxels of the pattern that one voxel of the network's grid stands for along the axis named."
            )
            {
                Unit = "voxels",
            }
        );

    internal static FigureTopic Topic =>
        new(
            "Network",
            "Spread and chi in results of `phase` whose network was asked, of `compare` and `predict`, "
                + "and for each crystal of `evaluate`; the others in those of `predict`.",
            [Spread, Chi, SupportVoxels, .. Oversampling, .. ResamplingStep]
        );
}
