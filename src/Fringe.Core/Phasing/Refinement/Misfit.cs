using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// How far a modelled far field is from what was counted. Written in torch calls, so that autodiff gives its gradient; all are scaled
/// alike: near the measurement each is <c>sum (|F| - A)^2</c> to first order.
/// </summary>
public abstract record Misfit : IOptions
{
    /// <summary>
    /// Length t of a proximal gradient's step over the gradient that suits this misfit, below twice the inverse curvature, which is 1/2 near
    /// the measurement. Beyond 1/2 the step overshoots, which finds the solution sooner (docs/results/refinement.md).
    /// </summary>
    public abstract double StepLength { get; }

    /// <summary>The misfit of one model.</summary>
    /// <param name="modulus">float <c>[z, y, x]</c>: the square root of the photons modelled; borrowed.</param>
    /// <param name="amplitude">Same shape: the square root of the photons counted, 0 where not measured; borrowed.</param>
    /// <param name="measured">Same shape: 1 in voxels that count and 0 in the others; borrowed.</param>
    /// <returns>A real scalar, photons; belongs to the caller.</returns>
    public abstract Tensor Evaluate(Tensor modulus, Tensor amplitude, Tensor measured);

    /// <inheritdoc/>
    public virtual IEnumerable<OptionProblem> Validate() => [];
}
