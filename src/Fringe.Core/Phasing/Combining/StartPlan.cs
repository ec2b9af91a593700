namespace Fringe.Core.Phasing.Combining;

/// <summary>Which starts a pattern is phased from, and how one object is made of what they find.</summary>
public sealed record StartPlan
{
    /// <summary>In the order they run.</summary>
    public required IReadOnlyList<PlannedStart> Starts { get; init; }

    /// <summary>Makes a mean of several objects, which fits no pattern as it stands, consistent with all that was measured again.</summary>
    public required PhasingMethod Polish { get; init; }

    /// <summary>Finds an object in another measurement of it, beginning with itself: the photon bootstrap's.</summary>
    public required PhasingMethod Repeat { get; init; }

    /// <summary>
    /// Complex correlation with the best start from which a start is kept for the mean: a start below it found something else.
    /// </summary>
    public double LeastAgreement { get; init; } = 0.8;

    /// <summary>
    /// Whether to leave out starts once the best one is confirmed: by another that agrees with it, which is of another origin where photon noise
    /// does not explain what is left of both misfits. Never where so few photons' noise should explain it and does not.
    /// </summary>
    public bool StopWhenSettled { get; init; }

    /// <summary>A plan of random starts, all by one method.</summary>
    /// <param name="method">Of all starts.</param>
    /// <param name="count">How many starts.</param>
    /// <param name="seed">Of the first; start i has <c>seed + i - 1</c>.</param>
    public static IReadOnlyList<PlannedStart> Random(PhasingMethod method, int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => new PlannedStart(Start.Random(unchecked(seed + i)), method))];
}
