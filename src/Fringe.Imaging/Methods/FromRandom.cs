using Fringe.Core;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Methods;

/// <summary>From random numbers: iterations, then refinement.</summary>
public sealed record FromRandom : RefiningMethod
{
    /// <summary>The iterations from random numbers.</summary>
    public Iterate Iterate { get; init; } = RefinedPhasing.FromRandom;

    /// <summary>Independent starts.</summary>
    public int Starts { get; init; } = 3;

    /// <inheritdoc/>
    public override string Name => "refine";

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        [
            .. Iterate.Validate().Select(problem => problem.Within(nameof(Iterate))),
            .. Refinement.Validate().Select(problem => problem.Within(nameof(Refinement))),
            .. StartCount.Problems(Starts, nameof(Starts)),
        ];

    internal override StartPlan Plan(KnownBefore known) => PlanOf([.. Random(Iterate, Starts, known.Seed)]);
}
