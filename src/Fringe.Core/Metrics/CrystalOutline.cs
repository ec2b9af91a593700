using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>The support of an object that comes without one: where its amplitude is a tenth of the largest or more.</summary>
public static class CrystalOutline
{
    private const double Least = 0.1;

    /// <param name="psi">complex64 <c>[z, y, x]</c>, borrowed.</param>
    /// <returns>bool, same shape; belongs to the caller.</returns>
    public static Tensor Of(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor amplitude = psi.abs();
        return amplitude.ge(amplitude.max().Times(Least)).MoveToOuterDisposeScope();
    }
}
