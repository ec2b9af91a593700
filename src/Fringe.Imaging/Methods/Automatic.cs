using Fringe.Core;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Learning.Prediction;

namespace Fringe.Imaging.Methods;

/// <summary>
/// The default: from the network's prediction, and from random numbers beside it until one start explains the free voxels as well as photon
/// noise allows or two agree; from random numbers alone where the pattern is too small for the network.
/// </summary>
public sealed record Automatic : RefiningMethod
{
    /// <summary>
    /// The iterations from the network's prediction. More than the quick ones of <see cref="FromNetwork"/>: the strain of simulated scans
    /// (docs/results/scans.md) is then as good as from random starts.
    /// </summary>
    public Iterate FromPrediction { get; init; } =
        RefinedPhasing.FromObject with
        {
            Recipe = PhasingRecipe.Parse("60*HIO+10*ER", Iterate.DefaultBeta),
        };

    /// <summary>The iterations from random numbers.</summary>
    public Iterate FromRandom { get; init; } = RefinedPhasing.FromRandom;

    /// <summary>Starts at most, the network's among them.</summary>
    public int Starts { get; init; } = 3;

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

    internal override StartPlan Plan(KnownBefore known)
    {
        PlannedStart[] random = [.. Random(FromRandom, Starts, known.Seed)];
        return PlanOf(
            known.Predicted is null
                ? random
                : [From(Start.From(known.Predicted, Origins.Network), FromPrediction), .. random.Skip(1)],
            StopWhenSettled
        );
    }
}
