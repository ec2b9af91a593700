using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>The one loop of iterative phasing: runs a recipe from one start.</summary>
public sealed class PhaseRetriever : IPhasingMethod
{
    private readonly PhasingOptions options;
    private readonly Device device;

    /// <param name="options">Valid options.</param>
    /// <param name="device">Where to iterate.</param>
    public PhaseRetriever(PhasingOptions options, Device device)
    {
        this.options = options;
        this.device = device;
    }

    /// <inheritdoc/>
    public Reconstruction Run(
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        (Tensor psi, Tensor support) = DrawStart(pattern, start);
        return RunFrom(psi, support, pattern, held, start, progress, cancellation);
    }

    /// <summary>Runs the recipe from a given object.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, of any scale; borrowed.</param>
    /// <param name="support">float32, same shape, 1 inside; borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">As for <see cref="Run"/>.</param>
    /// <param name="start">Which start, for the progress.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller; on the CPU.</returns>
    public Reconstruction RunFrom(
        Tensor psi,
        Tensor support,
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        using ModulusConstraint withoutFree = new(pattern, held, device);
        using ModulusConstraint all = new(pattern, zeros_like(held), device);
        using PhasingState state = CreateState(psi, support, withoutFree);
        using RunningMean mean = new(pattern.Shape, device);
        int iterations = options.Recipe.Iterations;
        int averaged = Math.Min(options.AverageLast, Math.Max(1, iterations / 2));
        List<double> chi = new(iterations);
        double free = double.NaN;
        foreach (RecipeStep step in options.Recipe.Steps)
        {
            if (step.Algorithm is not { } algorithm)
            {
                RedrawSupport(state, (double)chi.Count / iterations);
                continue;
            }

            for (int i = 0; i < step.Iterations; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var iterationScope = NewDisposeScope();
                algorithm.Step(state);
                chi.Add(state.Chi);
                if (!double.IsFinite(state.Chi))
                {
                    return Finish(state.Iterate, state, chi, free, StopReason.NonFinite);
                }

                if (options.ShrinkWrap.IsDue(chi.Count))
                {
                    RedrawSupport(state, (double)chi.Count / iterations);
                }

                if (chi.Count == options.TwinBreakIteration)
                {
                    BreakTwin(state);
                }

                if (averaged > 0 && chi.Count == iterations - averaged)
                {
                    // The free voxels have judged; the averaged iterations use all that was measured.
                    free = Judge(state, pattern, held);
                    state.Constrain(all);
                }
                else if (chi.Count > iterations - averaged)
                {
                    mean.Add(state.Iterate);
                }

                progress?.Report(new(start, options.Starts, chi.Count, iterations, algorithm.Name, state.Chi));
            }
        }

        // Without averaged iterations the free voxels were never given back, and nobody has judged yet.
        free = averaged == 0 ? Judge(state, pattern, held) : free;
        Tensor result = averaged == 0 ? state.Iterate : mean.Value;
        return Finish(result, state, chi, free, StopReason.MaxIterations);
    }

    /// <summary>Error reduction from the mean with a fixed support.</summary>
    /// <inheritdoc/>
    public Tensor Polish(
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        using ModulusConstraint modulus = new(pattern, zeros_like(pattern.Mask), device);
        Tensor within = support.to(ScalarType.Float32).to(device).contiguous();
        using PhasingState state = new(modulus, (psi.to(device) * within).contiguous(), within);
        ErrorReduction algorithm = new();
        for (int i = 0; i < options.PolishIterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var iterationScope = NewDisposeScope();
            algorithm.Step(state);
        }

        return state.Iterate.cpu().clone().MoveToOuterDisposeScope();
    }

    /// <summary>The whole recipe from the object: hybrid input-output forgets where it began, but not all at once.</summary>
    /// <inheritdoc/>
    public Reconstruction Repeat(
        DiffractionPattern pattern,
        Tensor held,
        PhasedObject known,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    )
    {
        using Tensor support = known.Support.to(ScalarType.Float32);
        return RunFrom(known.Object, support, pattern, held, start: 1, null, cancellation);
    }

    private (Tensor Psi, Tensor Support) DrawStart(DiffractionPattern pattern, int start)
    {
        Tensor support = options.InitialSupport.Draw(pattern);
        // .NET's seeded generator: the same numbers on every device and with every thread count.
        Random random = new(unchecked(options.Seed + start - 1));
        float[] amplitude = new float[support.numel()];
        float[] phase = new float[support.numel()];
        for (int i = 0; i < amplitude.Length; i++)
        {
            amplitude[i] = (float)random.NextDouble();
            phase[i] = (float)(Math.PI * ((2 * random.NextDouble()) - 1));
        }

        return (polar(tensor(amplitude).reshape(support.shape), tensor(phase).reshape(support.shape)), support);
    }

    private PhasingState CreateState(Tensor psi, Tensor support, ModulusConstraint modulus)
    {
        using var scope = NewDisposeScope();
        Tensor iterate = psi * support;
        double norm = iterate.abs().Squared().sum(ScalarType.Float64).item<double>();
        Tensor scaled = iterate.Times(Math.Sqrt(modulus.Power / Math.Max(norm, 1e-30)));
        return new PhasingState(
            modulus,
            scaled.to(ScalarType.ComplexFloat32).to(device).contiguous(),
            support.to(device).contiguous().clone()
        );
    }

    private void RedrawSupport(PhasingState state, double progress) =>
        options.ShrinkWrap.Redraw(state.Projected ?? state.Iterate, state.Support, progress);

    // Fienup and Wackerman, J. Opt. Soc. Am. A 3, 1897 (1986): a temporarily reduced, asymmetric support.
    private static void BreakTwin(PhasingState state)
    {
        long depth = state.Iterate.shape[0];
        long height = state.Iterate.shape[1];
        state.Iterate.narrow(0, depth / 2, depth - (depth / 2)).zero_();
        state.Iterate.narrow(1, height / 2, height - (height / 2)).zero_();
    }

    private static double Judge(PhasingState state, DiffractionPattern pattern, Tensor held)
    {
        using var scope = NewDisposeScope();
        Tensor within = (state.Iterate * state.Support).cpu();
        return FreeLogLikelihood.Of(within, pattern, held, AmplitudeMisfits.Chi(within, pattern).Scale);
    }

    private static Reconstruction Finish(Tensor psi, PhasingState state, List<double> chi, double free, StopReason stop)
    {
        Tensor within = psi * state.Support;
        return new Reconstruction(within.cpu(), state.Support.IsAbove(0).cpu(), chi, free, stop);
    }

    /// <summary>The mean of the last iterates.</summary>
    private sealed class RunningMean(IReadOnlyList<long> shape, Device device) : IDisposable
    {
        private readonly Tensor sum = zeros([.. shape], ScalarType.ComplexFloat32, device).DetachFromDisposeScope();
        private int count;

        public Tensor Value => sum.Over(Math.Max(1, count));

        public void Add(Tensor iterate)
        {
            sum.PlusInPlace(iterate);
            count++;
        }

        public void Dispose() => sum.Dispose();
    }
}
