using static TorchSharp.torch;

namespace Fringe.Learning.Losses;

/// <summary>
/// <c>1 - |&lt;o, t&gt;|^2 / (|o|^2 |t|^2)</c> for each example, the better of target and twin: the figure that predictions are judged
/// by (without its search over shifts). Blind to scale and global phase.
/// </summary>
internal static class RealSpaceLoss
{
    private static readonly long[] Axes = [-3, -2, -1];

    /// <param name="psi">complex <c>[batch, z, y, x]</c>, borrowed.</param>
    /// <param name="target">Same shape, centred, borrowed.</param>
    /// <returns>float <c>[batch]</c>: 0 = equal, 1 = unrelated.</returns>
    public static Tensor Of(Tensor psi, Tensor target)
    {
        Tensor norms = Power(psi) * Power(target);
        Tensor direct = Overlap(psi, target);
        Tensor twin = Overlap(psi, Twin(target));
        return 1 - (maximum(direct, twin) / norms.clamp_min(1e-20));
    }

    /// <summary>The conjugate-inverted objects of a batch, inverted about index N/2 (even edges).</summary>
    public static Tensor Twin(Tensor psi) => psi.flip(Axes).roll(new long[] { 1, 1, 1 }, Axes).conj();

    private static Tensor Power(Tensor psi) => (psi.real.square() + psi.imag.square()).sum(Axes);

    // |<a, b>|^2 in real arithmetic: its gradient is finite at 0 too.
    private static Tensor Overlap(Tensor a, Tensor b)
    {
        Tensor real = ((a.real * b.real) + (a.imag * b.imag)).sum(Axes);
        Tensor imaginary = ((a.real * b.imag) - (a.imag * b.real)).sum(Axes);
        return real.square() + imaginary.square();
    }
}
