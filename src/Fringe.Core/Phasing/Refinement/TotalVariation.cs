using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// Total variation of the complex object (Rudin, Osher and Fatemi, Physica D 60, 259 (1992), axis by axis): the sum over neighbours along
/// z, y and x of <c>sqrt(|difference|^2 + e^2) - e</c>. A crystal is flat inside with smooth phases, so most of its differences are small;
/// a wrong minimum of the misfit is rough. Large at first and taken back, it leads past such minima (docs/results/refinement.md).
/// </summary>
public sealed record TotalVariation : Regulariser
{
    /// <summary>e over the object's amplitude: differences below it count as their squares.</summary>
    public double Softening { get; init; } = 1e-3;

    public override Tensor Penalty(Tensor psi, double unit)
    {
        using var scope = NewDisposeScope();
        double soft = Softening * unit;
        Tensor sum = zeros([], psi.real.dtype, psi.device);
        for (int axis = 0; axis < 3; axis++)
        {
            long pairs = psi.shape[axis] - 1;
            Tensor difference = view_as_real(psi.narrow(axis, 1, pairs) - psi.narrow(axis, 0, pairs));
            // Not abs(): the softening keeps the root away from 0, where it has no gradient.
            Tensor length = difference.Squared().sum(-1).Plus(soft * soft).sqrt();
            sum = sum.Plus(length.Minus(soft).sum());
        }

        return sum.MoveToOuterDisposeScope();
    }

    public override IEnumerable<OptionProblem> Validate() =>
        Softening is > 0 and <= 1
            ? base.Validate()
            : base.Validate().Append(new(nameof(Softening), "must be above 0 and at most 1"));
}
