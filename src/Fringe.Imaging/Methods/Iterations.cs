using Fringe.Core;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Methods;

/// <summary>Iterative projections alone, from random numbers: the classical way.</summary>
public sealed record Iterations : ImagingMethod
{
    private const int PolishIterations = 20;

    /// <summary>The iterations.</summary>
    public Iterate Iterate { get; init; } = new();

    /// <summary>Independent starts.</summary>
    public int Starts { get; init; } = 3;

    /// <inheritdoc/>
    public override string Name => "iterative";

    // Error reduction with a fixed support.
    private static Iterate Polish { get; } =
        new()
        {
            Recipe = PhasingRecipe.Parse($"{PolishIterations}*ER", Iterate.DefaultBeta),
            AverageLast = 0,
            TwinBreakIteration = 0,
            ShrinkWrap = new ShrinkWrap { Every = 0 },
        };

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        [
            .. Iterate.Validate().Select(problem => problem.Within(nameof(Iterate))),
            .. StartCount.Problems(Starts, nameof(Starts)),
        ];

    internal override StartPlan Plan(KnownBefore known) =>
        new()
        {
            Starts = StartPlan.Random(Iterate, Starts, known.Seed),
            Polish = Polish,
            // Hybrid input-output forgets where it began, but not all at once: the whole recipe, from the object. That is no more object and
            // twin together, and may lie where one of them would be cut away.
            Repeat = Iterate with
            {
                TwinBreakIteration = 0,
            },
        };
}
