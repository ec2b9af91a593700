using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// The sum of amplitudes <c>sum |psi|</c>: draws weak voxels, which carry noise rather than crystal, to 0 (soft thresholding; Daubechies,
/// Defrise and De Mol, Commun. Pure Appl. Math. 57, 1413 (2004)).
/// </summary>
public sealed record Sparsity : Regulariser
{
    public override Tensor Penalty(Tensor psi, double unit)
    {
        using var scope = NewDisposeScope();
        return psi.abs().sum().MoveToOuterDisposeScope();
    }
}
