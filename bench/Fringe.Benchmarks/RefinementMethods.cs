using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Learning.Prediction;
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

    /// <summary>Name, whether it is shown for every number of photons, and way; each object belongs to the caller.</summary>
    /// <param name="predictor">Borrowed.</param>
    public static IReadOnlyList<(string Name, bool IsEssential, Func<RefinementProblem, Tensor> Find)> All(
        Predictor predictor
    ) =>
        [
            (
                "iterations alone, 620: `2*(20*ER+180*HIO)+220*ER`",
                true,
                problem => Iterate(problem, new PhasingOptions { Starts = 1 })
            ),
            ("the network alone, on the pattern's grid", true, problem => predictor.Predict(problem.Pattern)),
            (
                $"**the network, `{RefinedPhasing.RecipeFromGiven}`, refinement (`--method network`)**",
                true,
                problem => FromNetwork(problem, predictor, Fast)
            ),
            (
                "the same without total variation",
                false,
                problem => FromNetwork(problem, predictor, Fast with { Regularisers = [] })
            ),
            ("the network, refinement without iterations", false, problem => FromNetworkDirectly(problem, predictor)),
            (
                "`90*HIO+10*ER` without refinement",
                false,
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
            ("`90*HIO+10*ER`, refinement", true, problem => Chain(problem, Fast, Short)),
            (
                $"`{RefinedPhasing.DefaultRecipe}`, refinement (`--method refine`, one start)",
                false,
                problem => Chain(problem, Fast, RefinedPhasing.DefaultRecipe)
            ),
            (
                "flat on the autocorrelation support, refinement",
                false,
                problem => FromFlat(problem, Fast, isRandom: false)
            ),
            (
                "random on the autocorrelation support, refinement",
                false,
                problem => FromFlat(problem, Fast, isRandom: true)
            ),
            ("from the truth, refinement: the floor", true, problem => FromTruth(problem, Fast)),
        ];

    private static Tensor FromNetwork(RefinementProblem problem, Predictor predictor, RefinementOptions refinement)
    {
        using Tensor start = predictor.Predict(problem.Pattern);
        PhasingOptions options = RefinedPhasing.OptionsFromGiven;
        return Run(problem, options, new RefinedPhasing(options, refinement, CPU, start));
    }

    private static Tensor FromNetworkDirectly(RefinementProblem problem, Predictor predictor)
    {
        using var scope = NewDisposeScope();
        Tensor start = predictor.Predict(problem.Pattern);
        Tensor support = zeros(start.shape);
        Loose.Redraw(start, support, 1);
        return Refine(problem, Fast, start, support);
    }

    private static Tensor Iterate(RefinementProblem problem, PhasingOptions options) =>
        Run(problem, options, new PhaseRetriever(options, CPU));

    private static Tensor Chain(RefinementProblem problem, RefinementOptions refinement, string recipe)
    {
        PhasingOptions options = RefinedPhasing.DefaultOptions with
        {
            Starts = 1,
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
