using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// How much of a found object is the true one's twin: phasing can end in the two together, whose pattern is nearly that of either. With
/// o the found object, t the true one and w its twin, each moved to where it explains most of o, <c>o = a t + b w</c> by least squares; the
/// share is <c>|b| / |a|</c>, or its inverse where the twin is more. 0 = no twin, 1 = as much twin as truth.
/// </summary>
internal static class TwinShare
{
    // Of 1 - |<w, t>|^2 / |t|^4: where the twin is so much like the truth, nobody can tell them apart.
    private const double LeastApart = 0.1;
    private const int Passes = 4;

    /// <param name="psi">complex <c>[z, y, x]</c>, centred, its far field where the truth's is; borrowed.</param>
    /// <param name="truth">Of its shape, borrowed.</param>
    /// <returns>0 to 1; NaN where the truth is its own twin.</returns>
    public static double Of(Tensor psi, Tensor truth)
    {
        using var scope = NewDisposeScope();
        using AlignedObject aligned = Alignment.Align(truth, psi, removeRamp: false);
        Tensor found = ForwardModel.Propagate(aligned.Object.to(ScalarType.ComplexFloat64));
        Tensor target = ForwardModel.Propagate(truth.to(ScalarType.ComplexFloat64));
        if (PlaceTwin(found, target) is not { } twin)
        {
            return double.NaN;
        }

        (Tensor a, Tensor b) = Fit(found, target, twin);
        for (int pass = 0; pass < Passes; pass++)
        {
            // By fractions of a voxel: each biases where the other seems to be.
            target = MovedOnto(found - (b * twin), target);
            (a, b) = Fit(found, target, twin);
            twin = MovedOnto(found - (a * target), twin);
            (a, b) = Fit(found, target, twin);
        }

        double share = (b.abs() / a.abs()).item<double>();
        return Math.Min(share, 1 / share);
    }

    // The twin's far field, the conjugate, moved by the whole voxels with which it explains most beyond the truth; null where it is the truth.
    private static Tensor? PlaceTwin(Tensor found, Tensor target)
    {
        // <w, .> at every move at once, by the correlation theorem: sqrt(voxels) makes up for the orthonormal transform.
        Tensor Overlaps(Tensor with) => ForwardModel.PropagateBack(target * with).Times(Math.Sqrt(target.numel()));
        Tensor twinWithTarget = Overlaps(target);
        Tensor targetWithFound = Dot(target, found);
        double power = Dot(target, target).abs().item<double>();
        Tensor apart = twinWithTarget.abs().Squared().Over(power * power).OneMinus();
        Tensor left = Overlaps(found) - (twinWithTarget * targetWithFound).Over(power);
        Tensor explained = (left.abs().Squared() / apart).Masked(apart.IsAtLeast(LeastApart).logical_not(), -1);
        long best = explained.argmax().item<long>();
        if (explained.flatten()[best].item<double>() < 0)
        {
            return null;
        }

        long[] shape = target.shape;
        long[] place = [best / (shape[1] * shape[2]), best / shape[2] % shape[1], best % shape[2]];
        double[] moved = [.. place.Zip(shape, (index, length) => (double)index - (length / 2))];
        return Moved(target.conj().resolve_conj(), moved);
    }

    private static (Tensor A, Tensor B) Fit(Tensor found, Tensor target, Tensor twin)
    {
        Tensor targets = Dot(target, target);
        Tensor twins = Dot(twin, twin);
        Tensor cross = Dot(target, twin);
        Tensor withTarget = Dot(target, found);
        Tensor withTwin = Dot(twin, found);
        Tensor determinant = (targets * twins) - (cross * cross.conj());
        return (
            ((twins * withTarget) - (cross * withTwin)) / determinant,
            ((targets * withTwin) - (cross.conj() * withTarget)) / determinant
        );
    }

    // Shift theorem, as in Alignment: the mean slope of the cross spectrum's phase is the shift that is left.
    private static Tensor MovedOnto(Tensor rest, Tensor field)
    {
        double[] step = [.. TrivialTransforms.MeanSlope(rest * field.conj()).Select(cycles => -cycles)];
        Tensor moved = Moved(field, step);
        bool isBetter = Dot(moved, rest).abs().item<double>() > Dot(field, rest).abs().item<double>();
        return isBetter ? moved : field;
    }

    private static Tensor Moved(Tensor field, double[] voxels) =>
        TrivialTransforms.Modulate(field, [.. voxels.Select(shift => -shift)]);

    private static Tensor Dot(Tensor a, Tensor b) => (a.conj() * b).sum();
}
