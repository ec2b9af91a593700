using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// How the objects of a measurement that grows are shown: the first in canonical form, all others changed as that one was and, where another run
/// found the object elsewhere or its twin, laid on the one shown before, so that a picture neither flips nor jumps. Parts of the measurement share
/// the field of view: shifts are kept as shares of it. Owns what it showed last.
/// </summary>
internal sealed class LiveView : IDisposable
{
    // The correlation with the one before of an object that has certainly not moved.
    private const double InPlace = 0.99;

    private readonly bool isTwin;
    private readonly double[] ramp;
    private readonly double[] shift;
    private readonly double[] centre;
    private readonly double angle;
    private Tensor? shown;

    /// <param name="first">The first object in canonical form; borrowed.</param>
    /// <param name="candidate">That object; borrowed.</param>
    public LiveView(CanonicalForm first, LiveCandidate candidate)
    {
        isTwin = first.IsTwin;
        ramp = [.. first.Ramp];
        shift = [.. first.Moved.Zip(candidate.Object.shape, (voxels, length) => voxels / length)];
        centre = CentreOf(candidate);
        angle = first.Angle;
    }

    /// <summary>An object in the place of those before.</summary>
    /// <param name="candidate">Borrowed.</param>
    /// <returns>complex64 of its shape; belongs to the caller.</returns>
    public Tensor Show(LiveCandidate candidate)
    {
        using var scope = NewDisposeScope();
        Tensor followed = Follow(candidate);
        Tensor now = shown is null ? followed : LaidOn(shown, followed);
        shown?.Dispose();
        shown = now.clone().DetachFromDisposeScope();
        return now.MoveToOuterDisposeScope();
    }

    public void Dispose() => shown?.Dispose();

    // As the first was shown.
    private Tensor Follow(LiveCandidate candidate)
    {
        double[] now = CentreOf(candidate);
        Tensor chosen = isTwin ? TrivialTransforms.Twin(candidate.Object) : candidate.Object;
        // A pattern whose centre lies elsewhere gave the object another ramp.
        double[] cycles = [.. Enumerable.Range(0, 3).Select(axis => now[axis] - centre[axis] - ramp[axis])];
        Tensor flat = TrivialTransforms.Modulate(chosen, cycles);
        double[] voxels = [.. shift.Zip(candidate.Object.shape, (share, length) => share * length)];
        Tensor moved = TrivialTransforms.Translate(flat, voxels);
        return moved * polar(tensor(1f), tensor((float)-angle));
    }

    private static Tensor LaidOn(Tensor before, Tensor now)
    {
        Tensor reference = before.shape.SequenceEqual(now.shape) ? before : ResolutionChange.Resize(before, now.shape);
        double norms = Norm(reference) * Norm(now);
        double overlap = (now * reference.conj()).sum().abs().item<float>() / norms;
        if (overlap > InPlace)
        {
            return now;
        }

        using AlignedObject aligned = Alignment.Align(reference, now, removeRamp: false);
        return aligned.Correlation > overlap ? aligned.Object.clone() : now;
    }

    private static double Norm(Tensor psi) => Math.Sqrt(psi.abs().Squared().sum(ScalarType.Float64).item<double>());

    private static double[] CentreOf(LiveCandidate candidate) =>
        [.. candidate.Origin.Zip(candidate.Object.shape, (first, length) => (double)(first + (length / 2)))];
}
