using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Tests.Fixtures;

/// <summary>Plans of random starts.</summary>
internal static class Plans
{
    /// <summary>By one method, which polishes and repeats, too.</summary>
    public static StartPlan Alike(PhasingMethod method, int starts, int seed = 1) =>
        new()
        {
            Starts = StartPlan.Random(method, starts, seed),
            Polish = method,
            Repeat = method,
        };

    /// <summary>By iterations alone, a mean polished with error reduction on its own support.</summary>
    public static StartPlan Iterated(Iterate iterate, int starts, int seed = 1) =>
        new()
        {
            Starts = StartPlan.Random(iterate, starts, seed),
            Polish = new Iterate
            {
                Recipe = PhasingRecipe.Parse("20*ER", Iterate.DefaultBeta),
                AverageLast = 0,
                TwinBreakIteration = 0,
                ShrinkWrap = new ShrinkWrap { Every = 0 },
            },
            Repeat = iterate,
        };

    /// <summary>By iterations, then refinement.</summary>
    public static StartPlan Refined(Iterate iterate, RefineWithBlur refinement, int starts, int seed = 1) =>
        new()
        {
            Starts = StartPlan.Random(RefinedPhasing.Of(iterate, refinement), starts, seed),
            Polish = refinement.Refine.Again(),
            Repeat = refinement.Refine.Again(),
            LeastAgreement = RefinedPhasing.LeastAgreement,
        };
}
