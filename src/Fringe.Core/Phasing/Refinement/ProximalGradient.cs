using Fringe.Core.Tensors.Kernels;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// Gradient steps on the misfit and proximal ones on the total variation, which has no gradient where an object is flat:
/// <c>x = S (x - t (grad E(x) + D* y))</c>, <c>y = P(y + D x / (12 t))</c> with |y| at most the weight (Loris and Verhoeven, Inverse Problems 27,
/// 125007 (2011), eq. 6, with one inner step from the last y; 12 bounds |D|^2). With the amplitude misfit, t = 1/2 and no total variation
/// this is error reduction.
/// </summary>
public sealed record ProximalGradient : Optimiser
{
    /// <summary>Length t of a step over the gradient, 0 to 1; null = the misfit's own.</summary>
    public double? StepLength { get; init; }

    public override string Name => "TV";

    public override IEnumerable<OptionProblem> Validate()
    {
        if (StepLength is not (null or (> 0 and < 1)))
        {
            yield return new(nameof(StepLength), "must lie between 0 and 1");
        }
    }

    internal override void Step(RefinementState state, RefinementObjective objective)
    {
        TotalVariation? variation = objective.Regularisers.OfType<TotalVariation>().FirstOrDefault();
        using Tensor toward = objective.PointToward(state, except: variation);
        double weight = variation is null ? 0 : objective.WeightOf(variation, state);
        TotalVariationDual dual = state.Remember(() => new TotalVariationDual(state.Object));
        dual.Step(
            state.Object,
            toward,
            state.Support,
            state.Box,
            weight,
            StepLength ?? objective.Model.Misfit.StepLength
        );
    }
}
