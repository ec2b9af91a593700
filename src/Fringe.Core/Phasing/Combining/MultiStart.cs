using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// Independent random starts on one pattern: ranked by free log-likelihood, those that agree with the best averaged where that explains the
/// pattern better.
/// </summary>
public sealed class MultiStart
{
    // With fewer photons the ratio to their noise says nothing.
    private const double MostNoise = 0.01;

    private readonly PhasingOptions options;
    private readonly IPhasingMethod method;

    /// <param name="options">Valid options.</param>
    /// <param name="method">Finds an object from a start.</param>
    public MultiStart(PhasingOptions options, IPhasingMethod method)
    {
        this.options = options;
        this.method = method;
    }

    /// <summary>Runs all starts, one after another.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="InputException">No start gave finite numbers.</exception>
    public PhasingResult Run(
        DiffractionPattern pattern,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        Tensor held = FreeVoxels.Choose(pattern, options.FreeFraction, options.Seed);
        List<ScoredStart> starts = [];
        for (int start = 1; start <= options.Starts; start++)
        {
            Reconstruction found = method.Run(pattern, held, start, progress, cancellation);
            scope.Attach(found.Object);
            scope.Attach(found.Support);
            (double chi, double scale) = AmplitudeMisfits.Chi(found.Object, pattern, found.CoherenceWidths);
            starts.Add(new ScoredStart(found, start, chi, scale));
            if (options.StopWhenSettled && IsSettled(starts, pattern, held))
            {
                break;
            }
        }

        ScoredStart[] ranked =
        [
            .. starts.Where(start => start.IsFinite).OrderBy(start => start.Rank).ThenBy(start => start.Start),
        ];
        if (ranked.Length == 0)
        {
            throw new InputException(
                "phasing gave no finite numbers from any start: check mask, background and recipe"
            );
        }

        return Combine(ranked, starts.Where(start => !start.IsFinite), pattern, held, cancellation);
    }

    private bool IsSettled(List<ScoredStart> starts, DiffractionPattern pattern, Tensor held)
    {
        ScoredStart[] ranked = [.. starts.Where(start => start.IsFinite).OrderBy(start => start.Rank).Take(2)];
        if (ranked.Length > 0 && ReachesNoise(NoiseRatio(ranked[0], held), pattern))
        {
            return true;
        }

        if (ranked.Length < 2)
        {
            return false;
        }

        using AlignedObject aligned = Alignment.Align(
            ranked[0].Found.Object,
            ranked[1].Found.Object,
            removeRamp: false
        );
        return aligned.Correlation >= options.LeastAgreement;
    }

    private static bool ReachesNoise(double ratio, DiffractionPattern pattern) =>
        ratio <= PhotonNoise.LargestRatio && PhotonNoise.ChiOf(pattern) <= MostNoise;

    private static double NoiseRatio(ScoredStart start, Tensor held) => start.Found.NoiseRatio(held, start.Scale);

    private PhasingResult Combine(
        ScoredStart[] ranked,
        IEnumerable<ScoredStart> failed,
        DiffractionPattern pattern,
        Tensor held,
        CancellationToken cancellation
    )
    {
        List<StartSummary> summaries = [];
        int kept = 0;
        Tensor reference = ranked[0].Found.Object;
        Tensor sum = zeros_like(reference);
        Tensor votes = zeros(reference.shape, ScalarType.Float32);
        foreach (ScoredStart start in ranked)
        {
            using var startScope = NewDisposeScope();
            bool isBest = ReferenceEquals(start, ranked[0]);
            AlignedObject? aligned = isBest ? null : Alignment.Align(reference, start.Found.Object, removeRamp: false);
            double agreement = aligned?.Correlation ?? 1;
            bool isKept = agreement >= options.LeastAgreement;
            if (isKept)
            {
                sum.PlusInPlace((aligned?.Object ?? reference).Times(start.Scale));
                votes.PlusInPlace(aligned?.MoveSupport(start.Found.Support) ?? start.Found.Support);
                kept++;
            }

            aligned?.Dispose();
            summaries.Add(start.Summarise(agreement, isKept));
        }

        summaries.AddRange(failed.Select(start => start.Summarise(double.NaN, isKept: false)));
        ScoredStart best = ranked[0];
        Tensor mean = sum.Over(kept);
        IReadOnlyList<double>? coherence = best.Found.CoherenceWidths;
        Tensor psi = reference.Times(best.Scale);
        Tensor support = best.Found.Support;
        (double chi, double scale) = (best.Chi, 1);
        if (kept > 1)
        {
            Tensor common = votes.IsAbove(kept / 2.0);
            Tensor polished = method.Polish(pattern, mean, common, coherence, cancellation);
            (double chiOfMean, double scaleOfMean) = AmplitudeMisfits.Chi(polished, pattern, coherence);
            // Starts may agree in nearly everything and yet have a mean that explains less than each of them.
            if (chiOfMean <= chi)
            {
                (psi, support, chi, scale) = (polished, common, chiOfMean, scaleOfMean);
            }
        }

        double ratio = NoiseRatio(best, held);
        bool reachesNoise = ReachesNoise(ratio, pattern);
        ShellCurve? prtf = kept < 2 ? null : Prtf.Of(mean, 1, pattern, coherence);
        // What is detached here is freed by nobody else: after all that can fail.
        CanonicalForm canonical = CanonicalForm.Of(psi, support);
        return new PhasingResult
        {
            Object = psi.DetachFromDisposeScope(),
            Support = support.clone().DetachFromDisposeScope(),
            Held = held.DetachFromDisposeScope(),
            Canonical = canonical,
            Chi = chi,
            Scale = scale,
            CoherenceWidths = coherence,
            FreeLogLikelihood = best.Found.FreeLogLikelihood,
            NoiseRatio = ratio,
            ReachesNoise = reachesNoise,
            Starts = summaries,
            Prtf = prtf,
        };
    }

    private sealed record ScoredStart(Reconstruction Found, int Start, double Chi, double Scale)
    {
        public double Rank => double.IsNaN(Found.FreeLogLikelihood) ? Chi : Found.FreeLogLikelihood;

        public bool IsFinite => Found.Stop != StopReason.NonFinite && Scale > 0 && double.IsFinite(Chi);

        public StartSummary Summarise(double agreement, bool isKept) =>
            new(
                Start,
                Chi,
                Found.FreeLogLikelihood,
                Found.Support.sum().item<long>(),
                agreement,
                isKept,
                Found.ChiHistory,
                Found.Stop
            );
    }
}
