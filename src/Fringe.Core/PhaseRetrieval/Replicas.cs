using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.PhaseRetrieval;

/// <summary>
/// What the same method makes of photons that the found object itself would give (the parametric bootstrap: Efron, Ann. Statist. 7, 1
/// (1979), remark K). Each begins with one of the kept starts, so that they differ from the object by photon noise, by what the method
/// smooths away, and by chance as far as the starts did. Owns its tensors.
/// </summary>
public sealed class Replicas : IDisposable
{
    private Replicas(IReadOnlyList<Tensor> objects, double widening)
    {
        Objects = objects;
        Widening = widening;
    }

    /// <summary>complex64 <c>[z, y, x]</c> each, aligned to the result's canonical object.</summary>
    public IReadOnlyList<Tensor> Objects { get; }

    /// <summary>Factor on their distance from the object (<see cref="ObjectUncertainty.Widening"/>).</summary>
    public double Widening { get; }

    /// <summary>Makes them, one after another.</summary>
    /// <param name="method">That found the result.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="result">Borrowed.</param>
    /// <param name="count">How many; each kept start is taken at least once.</param>
    /// <param name="seed">Of the photons.</param>
    /// <param name="progress">Told after every replica.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller.</returns>
    public static Replicas Of(
        IPhasingMethod method,
        DiffractionPattern pattern,
        PhasingResult result,
        int count,
        int seed,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        int all = Math.Max(count, result.Kept.Count);
        using var scope = NewDisposeScope();
        using Generator photons = new((ulong)seed);
        Tensor expected = Expected(pattern, result);
        List<Tensor> objects = [];
        for (int i = 0; i < all; i++)
        {
            using var replicaScope = NewDisposeScope();
            using DiffractionPattern counted = new(poisson(expected, photons), pattern.Mask.clone());
            PhasedObject start = result.Kept[i % result.Kept.Count];
            Tensor psi = method.Polish(counted, start.Object, start.Support, result.CoherenceWidths, cancellation);
            objects.Add(Aligned(psi, result.Canonical).MoveToOuterDisposeScope());
            progress?.Report(new(1, 1, i + 1, all, "replica", Chi.Of(psi, counted, result.CoherenceWidths).Chi));
        }

        return new Replicas([.. objects.Select(psi => psi.DetachFromDisposeScope())], WideningOf(result.NoiseRatio));
    }

    /// <summary>How far they lie from an object.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>: what they are aligned to; borrowed.</param>
    /// <param name="support">bool, same shape; borrowed.</param>
    public ObjectUncertainty About(Tensor psi, Tensor support)
    {
        using var scope = NewDisposeScope();
        Tensor back = psi.conj();
        Tensor amplitude = psi.abs();
        Tensor moved = RootMeanSquare(other => other.abs() - amplitude);
        Tensor turned = RootMeanSquare(other => (other * back).angle()).Masked(support.logical_not(), double.NaN);
        Tensor weight = amplitude.Squared() * support;
        double power = Sum(weight);
        return new ObjectUncertainty
        {
            Replicas = Objects.Count,
            Widening = Widening,
            Amplitude = moved.ToRealVolume(),
            PhaseRadians = turned.ToRealVolume(),
            ShellCorrelation = FourierShellCorrelation.Of(psi, Objects),
            MeanAmplitude = Math.Sqrt(Sum(moved.Squared() * support) / power),
            MeanPhaseRadians = Math.Sqrt(Sum(weight * turned.Squared().Masked(support.logical_not(), 0)) / power),
        };
    }

    public void Dispose()
    {
        foreach (Tensor psi in Objects)
        {
            psi.Dispose();
        }
    }

    // It has the object's place from the start and its support; what may differ is the phase's mean and slope.
    private static Tensor Aligned(Tensor psi, CanonicalForm canonical)
    {
        Tensor followed = canonical.Follow(psi);
        double[] ramp = TrivialTransforms.MeanSlope(canonical.Object * followed.conj());
        Tensor flat = TrivialTransforms.Modulate(followed, ramp);
        return flat * TrivialTransforms.UnitPhase(TrivialTransforms.Overlap(flat, canonical.Object).Angle);
    }

    private static double WideningOf(double noiseRatio) =>
        double.IsNaN(noiseRatio) ? 1 : Math.Sqrt(Math.Max(1, noiseRatio));

    private static Tensor Expected(DiffractionPattern pattern, PhasingResult result)
    {
        Tensor far = ForwardModel.Propagate(result.Object).abs().Times(result.Scale).Squared();
        return PartialCoherence.Blur(far, result.CoherenceWidths).Masked(pattern.Mask, 0).to(ScalarType.Float32);
    }

    private static double Sum(Tensor values) => values.sum(ScalarType.Float64).item<double>();

    private Tensor RootMeanSquare(Func<Tensor, Tensor> difference)
    {
        Tensor sum = zeros(Objects[0].shape, ScalarType.Float32);
        foreach (Tensor psi in Objects)
        {
            using var scope = NewDisposeScope();
            sum.PlusInPlace(difference(psi).Squared());
        }

        return sum.Over(Objects.Count).sqrt().Times(Widening);
    }
}
