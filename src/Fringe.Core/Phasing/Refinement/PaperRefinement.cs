using Fringe.Core.Phasing.Projections;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>The seed paper's refinement (Chan et al., Appl. Phys. Rev. 8, 021407 (2021)).</summary>
internal static class PaperRefinement
{
    /// <summary>No regulariser, a constant rate, the support redrawn where the loss fell by 10 %.</summary>
    public static Refine Options { get; } =
        new()
        {
            Regularisers = [],
            Optimiser = new Adam
            {
                Rate = 1e-2,
                EndRate = 1e-2,
                Beta2 = 0.999,
            },
            Steps = 1000,
            ExtraSteps = 0,
            JudgeEvery = 50,
            Tolerance = 0,
            Patience = int.MaxValue,
            FinalSteps = 0,
            RedrawAfterFall = 0.1,
            ShrinkWrap = new ShrinkWrap
            {
                First = 50,
                Every = 50,
                Sigma = 1,
                SigmaEnd = 1,
                Threshold = 0.15,
                ThresholdEnd = 0.15,
            },
        };
}
