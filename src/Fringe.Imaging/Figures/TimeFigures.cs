namespace Fringe.Imaging.Figures;

/// <summary>Wall times of a run and of its stages.</summary>
public static class TimeFigures
{
    public static Figure Total { get; } =
        new(
            "seconds_total",
            "time",
            "Wall time from the start of the run until the figure was written down: in the report until "
                + "it was drawn, in JSON, the last file, the whole."
        )
        {
            Unit = "s",
            Better = Better.Lower,
        };

    public static Figure NetworkPass { get; } =
        new(
            "seconds_network_pass",
            "time of one pass of the network",
            "Wall time of one pass of the network on its own grid, warm and without resampling."
        )
        {
            Unit = "s",
            Better = Better.Lower,
        };

    internal static FigureTopic Topic =>
        new(
            "Time",
            "In results of `phase` and `compare`, each with the stages it has; the CXI file has no "
                + "total. The pass of the network in those of `predict`.",
            [Total, NetworkPass, .. Stage.All.Select(stage => stage.Seconds)]
        );

    /// <summary>Of a run so far: the total, then each stage that is over.</summary>
    /// <param name="totalSeconds">Since the run began.</param>
    /// <param name="stages">In order.</param>
    public static FigureSet Of(double totalSeconds, IEnumerable<StageTime> stages) =>
        [Total.Of(totalSeconds), .. stages.Select(time => time.Stage.Seconds.Of(time.Seconds))];
}
