using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Uncertainty;

/// <summary>
/// What a method makes of photons that the found object itself would give: the parametric bootstrap (Efron, Ann. Statist. 7, 1 (1979),
/// remark K), each replica from the object rather than from nothing. Owns its tensors.
/// </summary>
public sealed class PhotonBootstrap : IDisposable
{
    // Below this the replicas' excess over photon noise is chance: twice the standard deviation of a true object's.
    private const double LeastExcess = 0.05;
    private const double ChanceOfOneVoxel = 3;

    // The correlation with the object of a replica that has certainly not moved.
    private const double InPlace = 0.99;

    private PhotonBootstrap(IReadOnlyList<Tensor> objects, ObjectUncertainty uncertainty)
    {
        Objects = objects;
        Uncertainty = uncertainty;
    }

    /// <summary>complex64 <c>[z, y, x]</c> each, aligned to the result's canonical object; not widened.</summary>
    public IReadOnlyList<Tensor> Objects { get; }

    /// <summary>How far they lie from that object.</summary>
    public ObjectUncertainty Uncertainty { get; }

    /// <summary>Makes the replicas, side by side where there are threads for it.</summary>
    /// <param name="problem">That the result is of; borrowed.</param>
    /// <param name="repeat">Finds the object again, beginning with itself.</param>
    /// <param name="result">Borrowed.</param>
    /// <param name="options">How many replicas, and the seed of their photons.</param>
    /// <param name="progress">Told after every replica, from the thread that made it, one at a time.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller; null if no replica gave finite numbers.</returns>
    /// <exception cref="InputException">The options cannot be used.</exception>
    public static PhotonBootstrap? Run(
        PhasingProblem problem,
        PhasingMethod repeat,
        PhasingResult result,
        BootstrapOptions options,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        OptionProblem.RequireNone(options.Validate().Concat(repeat.Validate()));
        using var scope = NewDisposeScope();
        using Generator photons = new((ulong)options.Seed);
        using CrystalObject known = Measured(result, problem.Pattern.Mask);
        Start start = Start.From(known.Object, "result", known.Support, result.CoherenceWidths);
        Tensor expected = result.Modelled().Masked(problem.Pattern.Mask, 0);
        List<Tensor> drawn = [];
        int done = 0;
        Lock gate = new();
        Replica?[] replicas = SideBySide.Run(options.Replicas, Make, problem.RunsAtATime);
        List<Tensor> objects = [.. replicas.OfType<Replica>().Select(replica => replica.Object)];
        objects.ForEach(psi => scope.Attach(psi));
        if (objects.Count == 0)
        {
            return null;
        }

        List<double> ratios = [.. replicas.OfType<Replica>().Select(replica => replica.NoiseRatio)];
        double? widening = Widening(result.NoiseRatio, ratios, problem.Free.sum().item<long>());
        ObjectUncertainty uncertainty = About(result.Canonical, objects, widening);
        return new PhotonBootstrap([.. objects.Select(psi => psi.DetachFromDisposeScope())], uncertainty);

        Replica? Make(int index)
        {
            using var replicaScope = NewDisposeScope();
            using PhasingProblem counted = problem.WithPhotons(Draw(index));
            using Reconstruction found = PhasingRun.ToTheEnd(counted, repeat, start, null, cancellation);
            ObjectFit fit = counted.Judge(found.Object, found.CoherenceWidths);
            bool isUsable = found.Stop is StopReason.Converged or StopReason.MaxIterations;
            Replica? replica =
                isUsable && double.IsFinite(fit.Chi) && fit.Scale > 0
                    ? new(
                        Aligned(found.Object.Times(fit.Scale), result.Canonical).DetachFromDisposeScope(),
                        found.FreeLogLikelihood / fit.FreeNoise
                    )
                    : null;
            lock (gate)
            {
                progress?.Report(new(1, 1, ++done, options.Replicas, "replica", fit.Chi));
            }

            return replica;
        }

        // In the replicas' order, whichever thread asks first.
        Tensor Draw(int index)
        {
            lock (gate)
            {
                while (drawn.Count <= index)
                {
                    drawn.Add(poisson(expected, photons).DetachFromDisposeScope());
                }

                return drawn[index];
            }
        }
    }

    public void Dispose()
    {
        foreach (Tensor psi in Objects)
        {
            psi.Dispose();
        }
    }

    // What was not measured of the object's far field is not given to its replicas: each has to find it, as the object had to.
    private static CrystalObject Measured(PhasingResult result, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor seen = ForwardModel.PropagateBack(ForwardModel.Propagate(result.Object) * mask.logical_not());
        return new CrystalObject(seen * result.Support, result.Support.clone());
    }

    // The phase's mean and slope are free in any case. Iterations may move an object, and turn it into its twin, too, which costs more to find.
    private static Tensor Aligned(Tensor psi, CanonicalForm canonical)
    {
        using var scope = NewDisposeScope();
        Tensor followed = canonical.Follow(psi);
        double[] ramp = TrivialTransforms.MeanSlope(canonical.Object * followed.conj());
        Tensor flat = TrivialTransforms.Modulate(followed, ramp);
        (double overlap, double angle) = TrivialTransforms.Overlap(flat, canonical.Object);
        double norms = Math.Sqrt(Sum(flat.abs().Squared()) * Sum(canonical.Object.abs().Squared()));
        if (overlap > InPlace * norms)
        {
            return (flat * TrivialTransforms.UnitPhase(angle)).MoveToOuterDisposeScope();
        }

        using AlignedObject aligned = Alignment.Align(canonical.Object, followed, removeRamp: true);
        return aligned.Object.clone().MoveToOuterDisposeScope();
    }

    // What photon noise does not explain of a free misfit is the error of the far field: how much larger it is for the object than for its
    // replicas, as an amplitude.
    private static double? Widening(double ratio, List<double> ofReplicas, long freeVoxels)
    {
        if (!double.IsFinite(ratio) || ofReplicas.Any(own => !double.IsFinite(own)))
        {
            return null;
        }

        double chance = Math.Max(LeastExcess, ChanceOfOneVoxel / Math.Sqrt(freeVoxels));
        return Math.Sqrt(Math.Max(1, (ratio - 1) / Math.Max(chance, ofReplicas.Average() - 1)));
    }

    private static double Sum(Tensor values) => values.sum(ScalarType.Float64).item<double>();

    private static ObjectUncertainty About(CanonicalForm canonical, List<Tensor> objects, double? widening)
    {
        using var scope = NewDisposeScope();
        double factor = widening ?? 1;
        Tensor psi = canonical.Object;
        Tensor outside = canonical.Support.logical_not();
        Tensor back = psi.conj();
        Tensor amplitude = psi.abs();
        Tensor moved = RootMeanSquare(objects, other => other.abs() - amplitude).Times(factor);
        Tensor turned = RootMeanSquare(objects, other => (other * back).angle())
            .Times(factor)
            .AtMost(ObjectUncertainty.AnyPhase);
        Tensor[] widened = [.. objects.Select(other => psi.Plus((other - psi).Times(factor)))];
        Tensor weight = amplitude.Squared() * canonical.Support;
        double power = Sum(weight);
        return new ObjectUncertainty
        {
            Replicas = objects.Count,
            Widening = widening,
            Amplitude = moved.ToRealVolume(),
            PhaseRadians = turned.Masked(outside, double.NaN).ToRealVolume(),
            ShellCorrelation = FourierShellCorrelation.Of(psi, widened),
            MeanAmplitude = Math.Sqrt(Sum(moved.Squared() * canonical.Support) / power),
            MeanPhaseRadians = Math.Sqrt(Sum(weight * turned.Squared()) / power),
        };
    }

    private static Tensor RootMeanSquare(List<Tensor> objects, Func<Tensor, Tensor> difference)
    {
        Tensor sum = zeros(objects[0].shape, ScalarType.Float32, objects[0].device);
        foreach (Tensor psi in objects)
        {
            using var scope = NewDisposeScope();
            sum.PlusInPlace(difference(psi).Squared());
        }

        return sum.Over(objects.Count).sqrt();
    }

    private sealed class Replica(Tensor psi, double noiseRatio) : IDisposable
    {
        // Aligned to the canonical object.
        public Tensor Object { get; } = psi;

        public double NoiseRatio { get; } = noiseRatio;

        public void Dispose() => Object.Dispose();
    }
}
