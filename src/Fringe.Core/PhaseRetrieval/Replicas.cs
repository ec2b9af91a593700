using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.PhaseRetrieval;

/// <summary>
/// What the last stage of a method makes of photons that the found object itself would give, after the parametric bootstrap (Efron, Ann.
/// Statist. 7, 1 (1979), remark K), which would run all of it. Each begins with one of the kept starts, so that they differ from the object
/// by photon noise, by what the stage smooths away, and by chance as far as the starts did. docs/metrics.md names the limits. Owns its tensors.
/// </summary>
public sealed class Replicas : IDisposable
{
    private Replicas(IReadOnlyList<Tensor> objects, ObjectUncertainty uncertainty)
    {
        Objects = objects;
        Uncertainty = uncertainty;
    }

    /// <summary>complex64 <c>[z, y, x]</c> each, aligned to the result's canonical object.</summary>
    public IReadOnlyList<Tensor> Objects { get; }

    /// <summary>How far they lie from that object.</summary>
    public ObjectUncertainty Uncertainty { get; }

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
        Tensor expected = result.Modelled().Masked(pattern.Mask, 0);
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

        ObjectUncertainty uncertainty = About(result.Canonical, objects, WideningOf(result.NoiseRatio));
        return new Replicas([.. objects.Select(psi => psi.DetachFromDisposeScope())], uncertainty);
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

    private static double Sum(Tensor values) => values.sum(ScalarType.Float64).item<double>();

    private static ObjectUncertainty About(CanonicalForm canonical, List<Tensor> objects, double widening)
    {
        using var scope = NewDisposeScope();
        Tensor psi = canonical.Object;
        Tensor outside = canonical.Support.logical_not();
        Tensor back = psi.conj();
        Tensor amplitude = psi.abs();
        Tensor moved = RootMeanSquare(objects, other => other.abs() - amplitude).Times(widening);
        Tensor turned = RootMeanSquare(objects, other => (other * back).angle()).Times(widening);
        Tensor weight = amplitude.Squared() * canonical.Support;
        double power = Sum(weight);
        return new ObjectUncertainty
        {
            Replicas = objects.Count,
            Widening = widening,
            Amplitude = moved.ToRealVolume(),
            PhaseRadians = turned.Masked(outside, double.NaN).ToRealVolume(),
            ShellCorrelation = FourierShellCorrelation.Of(psi, objects),
            MeanAmplitude = Math.Sqrt(Sum(moved.Squared() * canonical.Support) / power),
            MeanPhaseRadians = Math.Sqrt(Sum(weight * turned.Squared()) / power),
        };
    }

    private static Tensor RootMeanSquare(List<Tensor> objects, Func<Tensor, Tensor> difference)
    {
        Tensor sum = zeros(objects[0].shape, ScalarType.Float32);
        foreach (Tensor psi in objects)
        {
            using var scope = NewDisposeScope();
            sum.PlusInPlace(difference(psi).Squared());
        }

        return sum.Over(objects.Count).sqrt();
    }
}
