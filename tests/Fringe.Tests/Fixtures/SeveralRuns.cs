namespace Fringe.Tests.Fixtures;

/// <summary>
/// What runs from several seeds ended with. Phasing is chaotic: where a processor rounds otherwise, the run of a seed ends in another
/// object. So a bound rests on the median of several runs, or on how many of them succeed, and never on one.
/// </summary>
/// <param name="Values">One a run, ascending; infinity for a run that gave no number.</param>
internal sealed record SeveralRuns(IReadOnlyList<double> Values)
{
    /// <summary>The middle one; of an even number the larger of the two.</summary>
    public double Median => Values[Values.Count / 2];

    /// <summary>Runs seeds 1 to <paramref name="count"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="run">From a seed to the figure, usually an error.</param>
    public static SeveralRuns Of(int count, Func<int, double> run) =>
        new([
            .. Enumerable
                .Range(1, count)
                .Select(run)
                .Select(value => double.IsNaN(value) ? double.PositiveInfinity : value)
                .Order(),
        ]);

    /// <summary>How many are at most a limit.</summary>
    public int CountUpTo(double limit) => Values.Count(value => value <= limit);

    public override string ToString() => string.Join(' ', Values.Select(value => value.ToString("F4")));
}
