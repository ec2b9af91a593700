namespace Fringe.Imaging.Figures;

/// <summary>Figures of each way of a comparison, beside those of its object.</summary>
public static class ComparisonFigures
{
    public static Figure DistanceToIterative { get; } =
        Distance("iterative", "iterative", "the object that iterations alone found");

    public static Figure DistanceToNetwork { get; } =
        Distance("network", "network", "the object that the network predicted");

    public static Figure DistanceToRefined { get; } =
        Distance("refined", "network + refinement", "the object that refinement made of the network's prediction");

    public static Figure DistanceToTruth { get; } =
        Distance("truth", "the truth", "the object that the pattern was made from");

    public static Figure Seconds { get; } =
        new(
            "seconds",
            "time",
            "Time of a way from the prepared pattern to its object, with the network in memory and warm; "
                + "that of the refined way is prediction and refinement."
        )
        {
            Unit = "s",
            Better = Better.Lower,
        };

    public static Figure SpeedUp { get; } =
        new("speed_up", "speed-up over iterative", "Time of the iterative way over the time of the way itself.")
        {
            Unit = "times",
            Better = Better.Higher,
        };

    internal static FigureTopic Topic =>
        new(
            "Comparison",
            "Of each way of `compare`; the distance to the truth where it was given.",
            [DistanceToIterative, DistanceToNetwork, DistanceToRefined, DistanceToTruth, Seconds, SpeedUp]
        );

    private static Figure Distance(string way, string name, string other) =>
        new(
            $"distance_to_{way}",
            $"distance to {name}",
            $"Distance 1 - |<a, b>|^2 / (|a|^2 |b|^2) of a way's object from {other}, after removing "
                + "twin, sub-voxel shift, phase ramp and global phase: 0 = one object, 1 = unrelated."
        )
        {
            Better = Better.Lower,
        };
}
