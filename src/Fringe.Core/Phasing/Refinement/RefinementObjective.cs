using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>What is minimised at a place of the run: the misfit and the weighted regularisers.</summary>
/// <param name="Model">Borrowed.</param>
/// <param name="Regularisers">With their schedules.</param>
/// <param name="Progress">0 = start, 1 = end of the steps.</param>
internal sealed record RefinementObjective(
    RefinementModel Model,
    IReadOnlyList<Regulariser> Regularisers,
    double Progress
)
{
    /// <summary>The gradient as the object <c>T</c> it points at, <c>2 (x - T)</c>; records misfit and chi in the state.</summary>
    /// <param name="state">Its object is not changed.</param>
    /// <param name="except">A regulariser that is left out.</param>
    /// <returns>complex64, right in the box of the support; belongs to the caller.</returns>
    public Tensor PointToward(RefinementState state, Regulariser? except = null)
    {
        using var scope = NewDisposeScope();
        (Tensor toward, double misfit, double chi) = Model.Evaluate(state.Object, state.Box, state.Deblurring);
        state.Record(misfit, chi);
        foreach (Regulariser regulariser in Regularisers.Where(other => !ReferenceEquals(other, except)))
        {
            double weight = WeightOf(regulariser, state);
            if (weight > 0)
            {
                AddGradient(regulariser, state, toward, weight);
            }
        }

        return toward.MoveToOuterDisposeScope();
    }

    /// <summary>A regulariser's weight in the misfit's units.</summary>
    public double WeightOf(Regulariser regulariser, RefinementState state) =>
        regulariser.WeightAt(Progress, state.Noise) * state.Unit;

    /// <summary>The whole objective as a differentiable scalar.</summary>
    /// <param name="psi">complex, borrowed.</param>
    /// <param name="state">Gives unit and coherence.</param>
    public Tensor Of(Tensor psi, RefinementState state)
    {
        using var scope = NewDisposeScope();
        Tensor loss = Model.MisfitOf(psi, state.Coherence);
        foreach (Regulariser regulariser in Regularisers)
        {
            double weight = WeightOf(regulariser, state);
            loss = weight > 0 ? loss.Plus(regulariser.Penalty(psi, state.Unit).Times(weight)) : loss;
        }

        return loss.MoveToOuterDisposeScope();
    }

    private static void AddGradient(Regulariser regulariser, RefinementState state, Tensor toward, double weight)
    {
        if (
            regulariser is TotalVariation variation
            && TotalVariationPasses.TryAddGradient(
                state.Object,
                toward,
                state.Box,
                weight,
                variation.Softening * state.Unit
            )
        )
        {
            return;
        }

        Tensor variable = state.Object.detach().clone().requires_grad_(true);
        regulariser.Penalty(variable, state.Unit).Times(weight).backward();
        toward.sub_(variable.grad!.Over(2));
    }
}
