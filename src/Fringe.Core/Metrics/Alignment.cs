using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// Brings an object onto a reference through the transforms a pattern cannot see: the better of object and twin, sub-voxel
/// shift, global phase, and, when asked, the phase ramp.
/// </summary>
public static class Alignment
{
    private const int Passes = 3;
    private const double Tie = 0.2;
    private static readonly long[] Axes = [0, 1, 2];

    /// <summary>Aligns one object to another.</summary>
    /// <param name="reference">complex <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="psi">Same shape and dtype, borrowed.</param>
    /// <param name="removeRamp">
    /// true to let a phase ramp go too, as between objects of different measurements; false keeps both in their pattern's
    /// frame, as for starts on one pattern.
    /// </param>
    public static AlignedObject Align(Tensor reference, Tensor psi, bool removeRamp)
    {
        using var scope = NewDisposeScope();
        Candidate direct = MatchWholeVoxels(reference, psi, removeRamp);
        Candidate twin = MatchWholeVoxels(reference, TrivialTransforms.Twin(psi), removeRamp);
        // Only a near tie needs both to be refined before one is chosen.
        bool isTie = Math.Abs(twin.Overlap - direct.Overlap) < Tie * Math.Max(twin.Overlap, direct.Overlap);
        if (isTie)
        {
            direct = Refine(reference, direct, removeRamp);
            twin = Refine(reference, twin, removeRamp);
        }

        bool isTwin = twin.Overlap > direct.Overlap;
        Candidate better = isTwin ? twin : direct;
        Candidate chosen = isTie ? better : Refine(reference, better, removeRamp);
        double angle = TrivialTransforms.Overlap(chosen.Object, reference).Angle;
        double norms = Norm(chosen.Object) * Norm(reference);
        Tensor inPhase = chosen.Object * TrivialTransforms.UnitPhase(angle);
        return new AlignedObject(inPhase)
        {
            IsTwin = isTwin,
            Correlation = norms > 0 ? chosen.Overlap / norms : 0,
            Moved = chosen.Moved,
        };
    }

    private static Candidate MatchWholeVoxels(Tensor target, Tensor source, bool removeRamp)
    {
        // A ramp moves the far field by cycles: found first as the whole-voxel maximum of the patterns' cross-correlation.
        Tensor start = removeRamp ? MatchPeak(target, source) : source;
        long[] whole = PeakOfCrossCorrelation(target, start);
        Tensor shifted = start.roll(whole, Axes);
        double overlap = TrivialTransforms.Overlap(shifted, target).Magnitude;
        return new Candidate(shifted, overlap, [.. whole.Select(voxels => (double)voxels)]);
    }

    private static Candidate Refine(Tensor target, Candidate best, bool removeRamp)
    {
        Tensor targetField = ForwardModel.Propagate(target);
        for (int pass = 0; pass < Passes; pass++)
        {
            // Shift theorem: the mean slope of the cross spectrum's phase is the shift that is left.
            Tensor spectrum = targetField * ForwardModel.Propagate(best.Object).conj();
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
        Tensor a = ForwardModel.Propagate(target).abs().Squared();
        Tensor b = ForwardModel.Propagate(source).abs().Squared();
        long[] shift = PeakOfCrossCorrelation(a, b);
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

    private static double Norm(Tensor psi) => Math.Sqrt(psi.abs().Squared().sum(ScalarType.Float64).item<double>());

    // Its tensor belongs to the scope that it was made in.
    private sealed class Candidate(Tensor psi, double overlap, double[] moved)
    {
        public Tensor Object { get; } = psi;

        public double Overlap { get; } = overlap;

        public double[] Moved { get; } = moved;

        public Candidate OrBetter(Tensor target, Tensor other, double[] step)
        {
            double otherOverlap = TrivialTransforms.Overlap(other, target).Magnitude;
            return otherOverlap > Overlap
                ? new(other, otherOverlap, [.. Moved.Zip(step, (sum, by) => sum + by)])
                : this;
        }
    }
}

/// <summary>An object brought onto a reference. Owns its tensor.</summary>
public sealed class AlignedObject : IDisposable
{
    private static readonly long[] Axes = [0, 1, 2];

    /// <param name="psi">The object as aligned; taken over.</param>
    internal AlignedObject(Tensor psi) => Object = psi.DetachFromDisposeScope();

    /// <summary>Complex <c>[z, y, x]</c>: dtype and shape of what was aligned.</summary>
    public Tensor Object { get; }

    /// <summary>Whether the twin fitted better.</summary>
    public required bool IsTwin { get; init; }

    /// <summary><c>|&lt;o, t&gt;| / (|o| |t|)</c>: 1 = equal up to trivial changes, 0 = unrelated.</summary>
    public required double Correlation { get; init; }

    /// <summary>Voxels along z, y, x by which it was moved (after taking the twin).</summary>
    public required IReadOnlyList<double> Moved { get; init; }

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
