using Fringe.Core;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Learning.Prediction;

namespace Fringe.Imaging.Methods;

/// <summary>
/// The default: from two passes of the network over the pattern, and from random numbers beside them until the result is settled; from random
/// numbers alone where the pattern is too small for the network. Why two passes: docs/decisions/0013-two-predictions.md.
/// </summary>
public sealed record Automatic : RefiningMethod
{
    /// <summary>Starts from the network, each from another pass over the pattern.</summary>
    public const int Passes = 2;

    /// <summary>The iterations from the network's predictions.</summary>
    public Iterate FromPrediction { get; init; } = RefinedPhasing.FromObject;

    /// <summary>The iterations from random numbers.</summary>
    public Iterate FromRandom { get; init; } = RefinedPhasing.FromRandom;

    /// <summary>Starts at most, the network's two among them.</summary>
    public int Starts { get; init; } = 4;

    /// <summary>Whether starts are left out once the result is settled.</summary>
    public bool StopWhenSettled { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => "auto";

    /// <inheritdoc/>
    public override bool MayUseNetwork => true;

    /// <inheritdoc/>
    public override bool UsesNetwork(IReadOnlyList<long> shape) => shape.All(length => length >= NetworkInput.Size);

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        [
            .. FromPrediction.Validate().Select(problem => problem.Within(nameof(FromPrediction))),
            .. FromRandom.Validate().Select(problem => problem.Within(nameof(FromRandom))),
            .. Refinement.Validate().Select(problem => problem.Within(nameof(Refinement))),
            .. StartCount.Problems(Starts, nameof(Starts)),
        ];

    internal override int Predictions => Math.Min(Passes, Starts);

    internal override StartPlan Plan(KnownBefore known)
    {
        IEnumerable<PlannedStart> predicted = FromPredicted(known, FromPrediction);
        IEnumerable<PlannedStart> random = Random(FromRandom, Starts, known.Seed);
        return PlanOf([.. predicted, .. random.Skip(known.Predicted.Count)], StopWhenSettled);
    }
}
