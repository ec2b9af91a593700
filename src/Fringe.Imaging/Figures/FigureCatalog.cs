namespace Fringe.Imaging.Figures;

/// <summary>
/// Every figure of a result, by topic: one vocabulary for all commands and files. docs/metrics.md is made from it.
/// </summary>
public static class FigureCatalog
{
    /// <summary>The topics, in the order of a page.</summary>
    public static IReadOnlyList<FigureTopic> Topics { get; } =
    [
        PhasingFigures.Topic,
        UncertaintyFigures.Topic,
        PatternFigures.Topic,
        NetworkFigures.Topic,
        StrainFigures.Topic,
        ComparisonFigures.Topic,
        TimeFigures.Topic,
        EvaluationFigures.Topic,
    ];

    /// <summary>All figures of all topics.</summary>
    public static IReadOnlyList<Figure> All { get; } = [.. Topics.SelectMany(topic => topic.Figures)];
}
