using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// From object to far field: <c>F(q) = sum psi(r) exp(-i q.r)</c>, orthonormal, so that <c>sum |F|^2 = sum |psi|^2</c>.
/// Differentiable. The only place where volumes are shifted between centred and FFT order.
/// </summary>
public static class ForwardModel
{
    private static readonly long[] Axes = [-3, -2, -1];

    /// <summary>Far field of an object.</summary>
    /// <param name="psi">complex <c>[..., z, y, x]</c>, centred, borrowed.</param>
    /// <returns>Complex, same shape, zero frequency at N/2; belongs to the caller.</returns>
    public static Tensor Propagate(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor field = fft.fftn(ToFftOrder(psi), dim: Axes, norm: FFTNormType.Ortho);
        return ToCentred(field).MoveToOuterDisposeScope();
    }

    /// <summary>Object of a far field: the inverse of <see cref="Propagate"/>.</summary>
    public static Tensor PropagateBack(Tensor field)
    {
        using var scope = NewDisposeScope();
        Tensor psi = fft.ifftn(ToFftOrder(field), dim: Axes, norm: FFTNormType.Ortho);
        return ToCentred(psi).MoveToOuterDisposeScope();
    }

    /// <summary>Moves index N/2 of the last three axes to index 0.</summary>
    public static Tensor ToFftOrder(Tensor centred) => fft.ifftshift(centred, Axes);

    /// <summary>Moves index 0 of the last three axes to index N/2.</summary>
    public static Tensor ToCentred(Tensor fftOrder) => fft.fftshift(fftOrder, Axes);
}
