using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
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

    private static readonly RefineWithBlur Fast = new();

    private static readonly Iterate Brief = RefinedPhasing.FromRandom with
    {
        Recipe = PhasingRecipe.Parse(Short, Iterate.DefaultBeta),
    };

    /// <summary>Name, whether it is shown for every number of photons, and way; each object belongs to the caller.</summary>
    /// <param name="predictor">Borrowed.</param>
    public static IReadOnlyList<(string Name, bool IsEssential, Func<RefinementProblem, Tensor> Find)> All(
        Predictor predictor
    ) =>
        [
            ($"iterations alone, 620: `{Iterate.DefaultRecipe}`", true, problem => FromRandom(problem, new Iterate())),
            ("the network alone, on the pattern's grid", true, problem => Predicted(problem, predictor)),
            (
                $"**the network, `{RefinedPhasing.RecipeFromObject}`, refinement (`--method network`)**",
                true,
                problem => FromNetwork(problem, predictor, Fast)
            ),
            (
                "the same without total variation",
                false,
                problem =>
                    FromNetwork(problem, predictor, Fast with { Refine = Fast.Refine with { Regularisers = [] } })
            ),
            ("the network, refinement without iterations", false, problem => FromNetworkDirectly(problem, predictor)),
            ("`90*HIO+10*ER` without refinement", false, problem => FromRandom(problem, Brief)),
            ("`90*HIO+10*ER`, refinement", true, problem => FromRandom(problem, RefinedPhasing.Of(Brief, Fast))),
            (
                $"`{RefinedPhasing.RecipeFromRandom}`, refinement (`--method refine`, one start)",
                false,
                problem => FromRandom(problem, RefinedPhasing.Of(RefinedPhasing.FromRandom, Fast))
            ),
            ("flat on the autocorrelation support, refinement", false, problem => FromFlat(problem, isRandom: false)),
            ("random on the autocorrelation support, refinement", false, problem => FromFlat(problem, isRandom: true)),
            ("from the truth, refinement: the floor", true, problem => Refined(problem, problem.Truth)),
        ];

    private static Tensor FromRandom(RefinementProblem problem, PhasingMethod method) =>
        Run(problem, method, Start.Random(1));

    private static Tensor FromNetwork(RefinementProblem problem, Predictor predictor, RefineWithBlur refine)
    {
        using Tensor predicted = Predicted(problem, predictor);
        PhasingMethod method = RefinedPhasing.Of(RefinedPhasing.FromObject, refine);
        return Run(problem, method, Start.From(predicted, Origins.Network));
    }

    private static Tensor FromNetworkDirectly(RefinementProblem problem, Predictor predictor)
    {
        using Tensor predicted = Predicted(problem, predictor);
        return Refined(problem, predicted);
    }

    private static Tensor Predicted(RefinementProblem problem, Predictor predictor)
    {
        using NetworkStart start = predictor.Start(problem.Pattern);
        return start.Objects[0].clone();
    }

    private static Tensor FromFlat(RefinementProblem problem, bool isRandom)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(1);
        Tensor support = new InitialSupport().Draw(problem.Pattern);
        Tensor phase = (rand(support.shape, generator: generator) - 0.5) * (isRandom ? 2 * Math.PI : 0);
        return Run(problem, new Refine(), Start.From(polar(support, phase), "flat", support));
    }

    // On a loose support, without iterations or blur.
    private static Tensor Refined(RefinementProblem problem, Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor support = zeros(psi.shape);
        Loose.Redraw(psi, support, 1);
        return Run(problem, new Refine(), Start.From(psi, Origins.Given, support));
    }

    private static Tensor Run(RefinementProblem problem, PhasingMethod method, Start start)
    {
        using Tensor free = FreeVoxels.Choose(problem.Pattern, new ImagingOptions().FreeFraction, seed: 1);
        using PhasingProblem measured = new(problem.Pattern, free, CPU);
        using Reconstruction found = PhasingRun.ToTheEnd(measured, method, start, null, default);
        return found.Object.clone().DetachFromDisposeScope();
    }
}
