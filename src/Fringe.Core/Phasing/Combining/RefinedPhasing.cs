using Fringe.Core.Phasing.Projections;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// A short run of iterative projections, then refinement: the first finds the neighbourhood of the solution, the second the solution. Large
/// patterns from coarse to fine.
/// </summary>
public static class RefinedPhasing
{
    /// <summary>
    /// The complex correlation from which refined starts agree: one is either at the solution or elsewhere, and a mean of the two would be
    /// worse than the first.
    /// </summary>
    public const double LeastAgreement = 0.98;

    /// <summary>
    /// The recipe before refinement from random numbers. A hundred iterations are enough for most simulated crystals, but not for measured
    /// ones (docs/results/refinement.md).
    /// </summary>
    public const string RecipeFromRandom = "2*(20*ER+180*HIO)+20*ER";

    /// <summary>The recipe before refinement from a known object.</summary>
    public const string RecipeFromObject = "25*HIO+5*ER";

    /// <summary>The iterations before refinement from random numbers.</summary>
    public static Iterate FromRandom { get; } =
        new() { Recipe = PhasingRecipe.Parse(RecipeFromRandom, Iterate.DefaultBeta), AverageLast = 0 };

    /// <summary>The iterations before refinement from a known object.</summary>
    public static Iterate FromObject { get; } =
        new()
        {
            Recipe = PhasingRecipe.Parse(RecipeFromObject, Iterate.DefaultBeta),
            AverageLast = 0,
            TwinBreakIteration = 0,
            ShrinkWrap = new ShrinkWrap
            {
                First = 8,
                Every = 8,
                Sigma = 2,
                SigmaEnd = 1.5,
                Threshold = 0.12,
                ThresholdEnd = 0.12,
            },
        };

    /// <summary>The whole method.</summary>
    /// <param name="iterate">On the coarsest grid; refinement judges, so its last iterations are not averaged.</param>
    /// <param name="refine">On every grid.</param>
    public static PhasingMethod Of(Iterate iterate, RefineWithBlur refine) =>
        new CoarseToFine(new Chain(iterate with { AverageLast = 0 }, refine), new Chain(FromObject, refine));
}
