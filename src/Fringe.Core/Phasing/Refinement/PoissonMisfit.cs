using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// Half the Poisson negative log-likelihood above that of a perfect model, <c>1/2 sum (m - n + n ln(n/m))</c> with n photons counted and
/// m modelled (Thibault and Guizar-Sicairos, New J. Phys. 14, 063004 (2012), eq. 3): right for few photons too.
/// </summary>
public sealed record PoissonMisfit : Misfit
{
    /// <summary>
    /// Photons added to every modelled voxel: keeps a stray photon in an empty voxel from being infinitely unlikely. Far below one photon,
    /// or it would count as background.
    /// </summary>
    public double Background { get; init; } = 1e-3;

    /// <summary>The step that suits the amplitude misfit is too long for the likelihood.</summary>
    public override double StepLength => 0.3;

    /// <inheritdoc/>
    public override Tensor Evaluate(Tensor modulus, Tensor amplitude, Tensor measured)
    {
        using var scope = NewDisposeScope();
        Tensor photons = amplitude.Squared();
        Tensor modelled = modulus.Squared().Plus(Background);
        // n ln n is 0 at n = 0.
        Tensor surprise = photons * (photons.AtLeast(1e-30) / modelled).log();
        return ((modelled - photons).Plus(surprise) * measured).sum().Over(2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        Background is > 0 and < 1 ? [] : [new(nameof(Background), "must lie between 0 and 1")];
}
