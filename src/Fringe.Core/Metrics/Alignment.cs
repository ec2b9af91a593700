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
        (Tensor direct, double directOverlap) = Match(target, source, removeRamp);
        (Tensor twin, double twinOverlap) = Match(target, TrivialTransforms.Twin(source), removeRamp);
        bool isTwin = twinOverlap > directOverlap;
        Tensor best = isTwin ? twin : direct;
        (double magnitude, double angle) = TrivialTransforms.Overlap(best, target);
        double norms = Norm(best) * Norm(target);
        Tensor inPhase = best * polar(tensor(1.0), tensor(angle));
        return new AlignedObject(
            inPhase.to(psi.dtype).DetachFromDisposeScope(),
            isTwin,
            norms > 0 ? magnitude / norms : 0
        );
    }

    private static (Tensor Matched, double Overlap) Match(Tensor target, Tensor source, bool removeRamp)
    {
        // A ramp moves the far field by cycles: found first as the whole-voxel maximum of the patterns' cross-correlation.
        Tensor matched = removeRamp ? MatchPeak(target, source) : source;
        matched = ShiftWholeVoxels(target, matched);
        double overlap = TrivialTransforms.Overlap(matched, target).Magnitude;
        for (int pass = 0; pass < Passes; pass++)
        {
            // Shift theorem: the mean slope of the cross spectrum's phase is the shift that is left.
            Tensor spectrum = ForwardModel.Propagate(target) * ForwardModel.Propagate(matched).conj();
            double[] slope = TrivialTransforms.MeanSlope(spectrum);
            Keep(TrivialTransforms.Translate(matched, [.. slope.Select(cycles => -cycles)]));
            if (removeRamp)
            {
                double[] ramp = TrivialTransforms.MeanSlope(target * matched.conj());
                Keep(TrivialTransforms.Modulate(matched, ramp));
            }
        }

        return (matched, overlap);

        void Keep(Tensor candidate)
        {
            double value = TrivialTransforms.Overlap(candidate, target).Magnitude;
            if (value > overlap)
            {
                (matched, overlap) = (candidate, value);
            }
        }
    }

    private static Tensor MatchPeak(Tensor target, Tensor source)
    {
        Tensor a = ForwardModel.Propagate(target).abs().square();
        Tensor b = ForwardModel.Propagate(source).abs().square();
        long[] shift = PeakOfCrossCorrelation(a.to(ScalarType.ComplexFloat64), b.to(ScalarType.ComplexFloat64));
        return TrivialTransforms.Modulate(source, [.. shift.Select(voxels => (double)voxels)]);
    }

    private static Tensor ShiftWholeVoxels(Tensor target, Tensor source) =>
        source.roll(PeakOfCrossCorrelation(target, source), Axes);

    // The whole-voxel shift of source that makes |<target, source>| largest.
    private static long[] PeakOfCrossCorrelation(Tensor target, Tensor source)
    {
        Tensor correlation = fft.ifftn(fft.fftn(target) * fft.fftn(source).conj()).abs();
        long index = correlation.argmax().item<long>();
        long[] shape = target.shape;
        return [index / (shape[1] * shape[2]), index / shape[2] % shape[1], index % shape[2]];
    }

    private static double Norm(Tensor psi) => Math.Sqrt(psi.abs().square().sum().item<double>());
}

/// <summary>An object brought onto a reference. Owns its tensor.</summary>
/// <param name="Object">Same dtype and shape as what was aligned.</param>
/// <param name="IsTwin">Whether the twin fitted better.</param>
/// <param name="Correlation"><c>|&lt;o, t&gt;| / (|o| |t|)</c>: 1 = equal up to trivial changes, 0 = unrelated.</param>
public sealed record AlignedObject(Tensor Object, bool IsTwin, double Correlation) : IDisposable
{
    public void Dispose() => Object.Dispose();
}
