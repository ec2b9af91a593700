using Fringe.Core;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Methods;

/// <summary>From the network's prediction alone: quick.</summary>
public sealed record FromNetwork : RefiningMethod
{
    /// <summary>The iterations from the prediction.</summary>
    public Iterate Iterate { get; init; } = RefinedPhasing.FromObject;

    /// <inheritdoc/>
    public override string Name => "network";

    /// <inheritdoc/>
    public override bool MayUseNetwork => true;

    /// <inheritdoc/>
    public override bool UsesNetwork(IReadOnlyList<long> shape) => true;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        [
            .. Iterate.Validate().Select(problem => problem.Within(nameof(Iterate))),
            .. Refinement.Validate().Select(problem => problem.Within(nameof(Refinement))),
        ];

    internal override StartPlan Plan(KnownBefore known) => PlanOf([FromPredicted(known, Iterate).First()]);
}
