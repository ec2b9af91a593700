using Fringe.Core.Diffraction;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// Brings an object onto a reference through the transforms a pattern cannot see: the better of object and twin, sub-voxel
/// shift, global phase, and, when asked, the phase ramp.
/// </summary>
public static class Alignment
{
    private const int Passes = 3;
    private static readonly long[] Axes = [0, 1, 2];

    /// <summary>Aligns one object to another.</summary>
    /// <param name="reference">complex <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="psi">Same shape, borrowed.</param>
    /// <param name="removeRamp">
    /// true to let a phase ramp go too, as between objects of different measurements; false keeps both in their pattern's
    /// frame, as for starts on one pattern.
    /// </param>
    public static AlignedObject Align(Tensor reference, Tensor psi, bool removeRamp)
    {
        using var scope = NewDisposeScope();
        Tensor target = reference.to(ScalarType.ComplexFloat64);
        Tensor source = psi.to(ScalarType.ComplexFloat64);
        Candidate direct = Match(target, source, removeRamp);
        Candidate twin = Match(target, TrivialTransforms.Twin(source), removeRamp);
        bool isTwin = twin.Overlap > direct.Overlap;
        (Tensor best, double magnitude, double[] moved) = isTwin ? twin : direct;
        double angle = TrivialTransforms.Overlap(best, target).Angle;
        double norms = Norm(best) * Norm(target);
        Tensor inPhase = best * polar(tensor(1.0), tensor(angle));
        return new AlignedObject(
            inPhase.to(psi.dtype).DetachFromDisposeScope(),
            isTwin,
            norms > 0 ? magnitude / norms : 0,
            moved
        );
    }

    private static Candidate Match(Tensor target, Tensor source, bool removeRamp)
    {
        // A ramp moves the far field by cycles: found first as the whole-voxel maximum of the patterns' cross-correlation.
        Tensor start = removeRamp ? MatchPeak(target, source) : source;
        long[] whole = PeakOfCrossCorrelation(target, start);
        Tensor shifted = start.roll(whole, Axes);
        double overlap = TrivialTransforms.Overlap(shifted, target).Magnitude;
        Candidate best = new(shifted, overlap, [.. whole.Select(voxels => (double)voxels)]);
        for (int pass = 0; pass < Passes; pass++)
        {
            // Shift theorem: the mean slope of the cross spectrum's phase is the shift that is left.
            Tensor spectrum = ForwardModel.Propagate(target) * ForwardModel.Propagate(best.Object).conj();
            double[] step = [.. TrivialTransforms.MeanSlope(spectrum).Select(cycles => -cycles)];
            best = best.OrBetter(target, TrivialTransforms.Translate(best.Object, step), step);
            if (removeRamp)
            {
                double[] ramp = TrivialTransforms.MeanSlope(target * best.Object.conj());
                best = best.OrBetter(target, TrivialTransforms.Modulate(best.Object, ramp), [0, 0, 0]);
            }
        }

        return best;
    }

    private static Tensor MatchPeak(Tensor target, Tensor source)
    {
        Tensor a = ForwardModel.Propagate(target).abs().square();
        Tensor b = ForwardModel.Propagate(source).abs().square();
        long[] shift = PeakOfCrossCorrelation(a.to(ScalarType.ComplexFloat64), b.to(ScalarType.ComplexFloat64));
        return TrivialTransforms.Modulate(source, [.. shift.Select(voxels => (double)voxels)]);
    }

    // The whole-voxel shift of source that makes |<target, source>| largest.
    private static long[] PeakOfCrossCorrelation(Tensor target, Tensor source)
    {
        Tensor correlation = fft.ifftn(fft.fftn(target) * fft.fftn(source).conj()).abs();
        long index = correlation.argmax().item<long>();
        long[] shape = target.shape;
        return [index / (shape[1] * shape[2]), index / shape[2] % shape[1], index % shape[2]];
    }

    private static double Norm(Tensor psi) => Math.Sqrt(psi.abs().square().sum().item<double>());

    private sealed record Candidate(Tensor Object, double Overlap, double[] Moved)
    {
        public Candidate OrBetter(Tensor target, Tensor other, double[] step)
        {
            double overlap = TrivialTransforms.Overlap(other, target).Magnitude;
            return overlap > Overlap ? new(other, overlap, [.. Moved.Zip(step, (sum, by) => sum + by)]) : this;
        }
    }
}

/// <summary>An object brought onto a reference. Owns its tensor.</summary>
/// <param name="Object">Same dtype and shape as what was aligned.</param>
/// <param name="IsTwin">Whether the twin fitted better.</param>
/// <param name="Correlation"><c>|&lt;o, t&gt;| / (|o| |t|)</c>: 1 = equal up to trivial changes, 0 = unrelated.</param>
/// <param name="Moved">Voxels along z, y, x by which it was moved (after taking the twin).</param>
public sealed record AlignedObject(Tensor Object, bool IsTwin, double Correlation, IReadOnlyList<double> Moved)
    : IDisposable
{
    private static readonly long[] Axes = [0, 1, 2];

    /// <summary>Takes the aligned object's support along, by whole voxels.</summary>
    /// <param name="support">bool <c>[z, y, x]</c> of the object before it was aligned; borrowed.</param>
    /// <returns>bool; belongs to the caller.</returns>
    public Tensor MoveSupport(Tensor support)
    {
        using var scope = NewDisposeScope();
        Tensor chosen = IsTwin ? TrivialTransforms.Invert(support) : support;
        long[] whole = [.. Moved.Select(voxels => (long)Math.Round(voxels))];
        return chosen.roll(whole, Axes).MoveToOuterDisposeScope();
    }

    public void Dispose() => Object.Dispose();
}
