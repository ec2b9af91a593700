using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// How much of a found object is the true one's twin: phasing can end in the two together, whose pattern is nearly that of either. With
/// o the found object aligned to the truth t, and w the twin of t moved by whole voxels, <c>o = a t + b w</c> by least squares; the share
/// is <c>|b| / |a|</c>, or its inverse where the twin is more, for the move that explains most. 0 = no twin, 1 = as much twin as truth.
/// </summary>
internal static class TwinShare
{
    // Of 1 - |<w, t>|^2 / |t|^4: where the twin is so much like the truth, nobody can tell them apart.
    private const double LeastApart = 0.1;

    /// <param name="psi">complex <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="truth">Of its shape, borrowed.</param>
    /// <returns>0 to 1; NaN where the truth is its own twin.</returns>
    public static double Of(Tensor psi, Tensor truth)
    {
        using var scope = NewDisposeScope();
        using AlignedObject aligned = Alignment.Align(truth, psi, removeRamp: true);
        Tensor target = ForwardModel.Propagate(truth.to(ScalarType.ComplexFloat64));
        Tensor found = ForwardModel.Propagate(aligned.Object.to(ScalarType.ComplexFloat64));
        // The twin's far field is the conjugate. Overlaps with it at every move at once: <w, .> by the correlation theorem.
        Tensor twinWithTarget = Correlate(target.conj(), target);
        Tensor twinWithFound = Correlate(target.conj(), found);
        double power = target.abs().Squared().sum().item<double>();
        Tensor targetWithFound = (target.conj() * found).sum();
        Tensor apart = twinWithTarget.abs().Squared().Over(power * power).OneMinus();
        Tensor a = targetWithFound.Times(power) - (twinWithTarget.conj() * twinWithFound);
        Tensor b = twinWithFound.Times(power) - (twinWithTarget * targetWithFound);
        // |b|^2 over the determinant is what the twin explains beyond the truth.
        Tensor explained = (b.abs().Squared() / apart).Masked(apart.IsAtLeast(LeastApart).logical_not(), -1);
        long best = explained.argmax().item<long>();
        if (explained.flatten()[best].item<double>() < 0)
        {
            return double.NaN;
        }

        double truthPart = a.abs().flatten()[best].item<double>();
        double twinPart = b.abs().flatten()[best].item<double>();
        return Math.Min(truthPart, twinPart) / Math.Max(truthPart, twinPart);
    }

    // sum_r conj(w(r - s)) o(r) for every s, from far fields: their orthonormal transform makes it sqrt(voxels) smaller.
    private static Tensor Correlate(Tensor moved, Tensor other) =>
        ForwardModel.PropagateBack(moved.conj() * other).Times(Math.Sqrt(moved.numel()));
}
