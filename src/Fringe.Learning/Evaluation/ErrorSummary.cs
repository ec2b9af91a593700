namespace Fringe.Learning.Evaluation;

/// <summary>Percentiles of the errors of one evaluation.</summary>
public sealed record ErrorSummary(
    double Photons,
    int Examples,
    double MedianError,
    double Error95,
    double ShareUnder005,
    double NetworkMedianError,
    double NetworkError95,
    double MedianShapeError,
    double ShapeError95,
    double MedianPhaseErrorRadians,
    double PhaseError95Radians,
    int Twins
)
{
    public static ErrorSummary Of(double photons, IReadOnlyList<ExampleScore> scores) =>
        new(
            photons,
            scores.Count,
            Percentile(scores, score => score.Error, 0.5),
            Percentile(scores, score => score.Error, 0.95),
            (double)scores.Count(score => score.Error < 0.05) / scores.Count,
            Percentile(scores, score => score.NetworkError, 0.5),
            Percentile(scores, score => score.NetworkError, 0.95),
            Percentile(scores, score => score.ShapeError, 0.5),
            Percentile(scores, score => score.ShapeError, 0.95),
            Percentile(scores, score => score.PhaseErrorRadians, 0.5),
            Percentile(scores, score => score.PhaseErrorRadians, 0.95),
            scores.Count(score => score.IsTwin)
        );

    /// <summary>One line for the terminal.</summary>
    public string ToLine() =>
        FormattableString.Invariant(
            $"{Photons:G} photons, {Examples} crystals: median error {MedianError:F4}, 95th percentile {Error95:F4} (network alone {NetworkMedianError:F4}, {NetworkError95:F4}), phase {MedianPhaseErrorRadians:F3} rad, {Twins} twins"
        );

    private static double Percentile(IReadOnlyList<ExampleScore> scores, Func<ExampleScore, double> value, double share)
    {
        double[] sorted = [.. scores.Select(value).Order()];
        return sorted[(int)Math.Ceiling(share * (sorted.Length - 1))];
    }
}
