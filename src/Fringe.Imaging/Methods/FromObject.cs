using Fringe.Core;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Methods;

/// <summary>
/// From an object that the caller gives: iterations, then refinement. The object itself is no option: it comes with the measurement
/// (<see cref="Measurement.Initial"/>), and options that are read again want one with the next.
/// </summary>
public sealed record FromObject : RefiningMethod
{
    /// <summary>The iterations from the object.</summary>
    public Iterate Iterate { get; init; } = RefinedPhasing.FromObject;

    /// <inheritdoc/>
    public override string Name => "refine";

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        [
            .. Iterate.Validate().Select(problem => problem.Within(nameof(Iterate))),
            .. Refinement.Validate().Select(problem => problem.Within(nameof(Refinement))),
        ];

    internal override StartPlan Plan(KnownBefore known) =>
        PlanOf([From(Start.From(known.Given!, Origins.Given), Iterate)]);
}
