using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// <c>sum (|F| - A)^2</c>, A = sqrt(photons): the square root makes the variance of photon noise a quarter everywhere, so that this is the
/// likelihood of many photons (Godard et al., Opt. Express 20, 25914 (2012), eq. 11).
/// </summary>
public sealed record AmplitudeMisfit : Misfit
{
    /// <inheritdoc/>
    public override double StepLength => 0.7;

    /// <inheritdoc/>
    public override Tensor Evaluate(Tensor modulus, Tensor amplitude, Tensor measured) =>
        ((modulus - amplitude).Squared() * measured).sum();
}
