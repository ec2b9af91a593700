using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Refinement;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>The ways from a pattern to an object that are compared.</summary>
internal static class RefinementMethods
{
    private const string Short = "90*HIO+10*ER";

    private static readonly ShrinkWrap Loose = new()
    {
        Sigma = 1,
        SigmaEnd = 1,
        Threshold = 0.1,
        ThresholdEnd = 0.1,
    };

    private static readonly RefinementOptions Fast = new();

    /// <summary>The prototypes' refinement: Adam with the weight falling from 0.3.</summary>
    private static readonly RefinementOptions AnnealedAdam = Fast with
    {
        Optimiser = new Adam(),
        Regularisers = [new TotalVariation { Weight = 0.1 }],
        Steps = 200,
        ShrinkWrap = Fast.ShrinkWrap with { First = 45, Every = 45, Last = 170 },
    };

    private static readonly RefinementOptions Plain = Fast with { Regularisers = [new TotalVariation()] };

    /// <summary>Name and way; each object belongs to the caller.</summary>
    public static IReadOnlyList<(string Name, Func<RefinementProblem, Tensor> Find)> All { get; } =
    [
        (
            "iterations alone, `2*(20*ER+180*HIO)+220*ER`, 1 start",
            problem => Iterate(problem, new PhasingOptions { Starts = 1 })
        ),
        (
            "`90*HIO+10*ER` without refinement",
            problem =>
                Iterate(
                    problem,
                    RefinedPhasing.DefaultOptions with
                    {
                        Starts = 1,
                        Recipe = PhasingRecipe.Parse(Short, PhasingOptions.DefaultBeta),
                    }
                )
        ),
        ("`90*HIO+10*ER`, the seed paper's refinement", problem => Chain(problem, RefinementOptions.Paper, 1)),
        ("`90*HIO+10*ER`, 80 proximal steps without total variation", problem => Chain(problem, Plain, 1)),
        ("`90*HIO+10*ER`, 200 Adam steps, total variation from 0.1", problem => Chain(problem, AnnealedAdam, 1)),
        ("**`90*HIO+10*ER`, 80 proximal steps, 1 start**", problem => Chain(problem, Fast, 1)),
        (
            "**`2*(20*ER+180*HIO)+20*ER`, 80 proximal steps, 3 starts (the default)**",
            problem => Chain(problem, Fast, 3, RefinedPhasing.DefaultRecipe)
        ),
        ("`40*HIO+10*ER`, 80 proximal steps, 1 start", problem => Chain(problem, Fast, 1, "40*HIO+10*ER")),
        ("flat on the autocorrelation support, 80 proximal steps", problem => FromFlat(problem, Fast, isRandom: false)),
        (
            "random on the autocorrelation support, 80 proximal steps",
            problem => FromFlat(problem, Fast, isRandom: true)
        ),
        ("from the truth, without total variation: the floor of the likelihood", problem => FromTruth(problem, Plain)),
        ("from the truth, 80 proximal steps", problem => FromTruth(problem, Fast)),
    ];

    private static Tensor Iterate(RefinementProblem problem, PhasingOptions options) =>
        Run(problem, options, new PhaseRetriever(options, CPU));

    private static Tensor Chain(
        RefinementProblem problem,
        RefinementOptions refinement,
        int starts,
        string recipe = Short
    )
    {
        PhasingOptions options = RefinedPhasing.DefaultOptions with
        {
            Starts = starts,
            Recipe = PhasingRecipe.Parse(recipe, PhasingOptions.DefaultBeta),
        };
        return Run(problem, options, new RefinedPhasing(options, refinement, CPU));
    }

    private static Tensor Run(RefinementProblem problem, PhasingOptions options, IPhasingMethod method)
    {
        using PhasingResult result = new MultiStart(options, method).Run(problem.Pattern, null, default);
        return result.Object.clone().DetachFromDisposeScope();
    }

    private static Tensor FromFlat(RefinementProblem problem, RefinementOptions options, bool isRandom)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(1);
        Tensor support = new InitialSupport().Draw(problem.Pattern);
        Tensor phase = (rand(support.shape, generator: generator) - 0.5) * (isRandom ? 2 * Math.PI : 0);
        return Refine(problem, options, polar(support, phase), support);
    }

    private static Tensor FromTruth(RefinementProblem problem, RefinementOptions options)
    {
        using var scope = NewDisposeScope();
        Tensor support = zeros(problem.Truth.shape);
        Loose.Redraw(problem.Truth, support, 1);
        return Refine(problem, options, problem.Truth, support);
    }

    private static Tensor Refine(RefinementProblem problem, RefinementOptions options, Tensor psi, Tensor support)
    {
        AutodiffRefiner refiner = new(options, CPU);
        using Tensor held = FreeVoxels.Choose(problem.Pattern, 0.03, 1);
        using RefinementState state = refiner.Begin(problem.Pattern, held, psi, support);
        using Reconstruction found = refiner.Run(state, problem.Pattern, held, null, default);
        return found.Object.clone().DetachFromDisposeScope();
    }
}
