using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// Several starts on one pattern: ranked by their misfits over photon noise, those that agree with the best averaged where that explains the pattern
/// better.
/// </summary>
public static class ManyStarts
{
    // One confirms the other.
    private const int FewestToSettle = 2;

    /// <summary>Runs the starts of a plan, those of one method side by side where there are threads for it and all of them are needed.</summary>
    /// <param name="problem">Borrowed.</param>
    /// <param name="plan">With a start at least.</param>
    /// <param name="progress">Told after every iteration, from the thread that computed it, one at a time.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller; null if no start gave finite numbers.</returns>
    public static PhasingResult? Run(
        PhasingProblem problem,
        StartPlan plan,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        List<ScoredStart> starts = [];
        Lock gate = new();
        while (
            starts.Count < plan.Starts.Count
            && !(plan.StopWhenSettled && IsSettled(starts, problem, plan.LeastAgreement))
        )
        {
            int first = starts.Count;
            int together = Together(plan, first, problem.RunsAtATime);
            ScoredStart[] ended = SideBySide.Run(together, i => ToTheEnd(first + i), together);
            foreach (ScoredStart start in ended)
            {
                scope.Attach(start.Found.Object);
                scope.Attach(start.Found.Support);
            }

            starts.AddRange(ended);
        }

        ScoredStart[] ranked = Rank(starts);
        return ranked.Length == 0
            ? null
            : Combine(ranked, starts.Where(start => !start.IsFinite), problem, plan, cancellation);

        ScoredStart ToTheEnd(int index)
        {
            PlannedStart planned = plan.Starts[index];
            Reconstruction found = PhasingRun.ToTheEnd(problem, planned.Method, planned.Start, Report, cancellation);
            try
            {
                return new ScoredStart(found, planned, index + 1, problem.Judge(found.Object, found.CoherenceWidths));
            }
            catch
            {
                found.Dispose();
                throw;
            }

            void Report(PhasingState state)
            {
                lock (gate)
                {
                    progress?.Report(
                        new(index + 1, plan.Starts.Count, state.Steps, state.MostSteps, state.Algorithm, state.LastChi)
                    );
                }
            }
        }
    }

    // How many from the first on run at a time: those of its method, which take as long, and none that may turn out not to be needed.
    private static int Together(StartPlan plan, int first, int most)
    {
        int needed = plan.StopWhenSettled ? Math.Max(1, FewestToSettle - first) : plan.Starts.Count;
        return plan
            .Starts.Skip(first)
            .Take(Math.Min(most, needed))
            .TakeWhile(next => next.Method == plan.Starts[first].Method)
            .Count();
    }

    private static ScoredStart[] Rank(IEnumerable<ScoredStart> starts) =>
        [.. starts.Where(start => start.IsFinite).OrderBy(start => start.Rank).ThenBy(start => start.Number)];

    // Another start agrees with the best, which is not known to be wrong: any where photon noise explains what is left, else one that does not
    // share what may have misled both.
    private static bool IsSettled(List<ScoredStart> starts, PhasingProblem problem, double leastAgreement)
    {
        ScoredStart[] ranked = Rank(starts);
        return ranked.Length > 1
            && !PhotonNoise.IsMissed(problem.NoiseChi, ranked[0].Fit.MisfitRatio)
            && ranked
                .Skip(1)
                .Where(other => other.Origin != ranked[0].Origin || ranked[0].ReachesNoise(problem))
                .Any(Agrees);

        bool Agrees(ScoredStart other)
        {
            using AlignedObject aligned = Alignment.Align(
                ranked[0].Found.Object,
                other.Found.Object,
                removeRamp: false
            );
            return aligned.Correlation >= leastAgreement;
        }
    }

    private static PhasingResult Combine(
        ScoredStart[] ranked,
        IEnumerable<ScoredStart> failed,
        PhasingProblem problem,
        StartPlan plan,
        CancellationToken cancellation
    )
    {
        List<StartOutcome> outcomes = [];
        int kept = 0;
        Tensor reference = ranked[0].Found.Object;
        Tensor sum = zeros_like(reference);
        Tensor votes = zeros(reference.shape, ScalarType.Float32, reference.device);
        // Starts of one origin agree in what misled them, too: the best of each says how reproducible the object is.
        Tensor independent = zeros_like(reference);
        HashSet<string> origins = [];
        foreach (ScoredStart start in ranked)
        {
            using var startScope = NewDisposeScope();
            bool isBest = ReferenceEquals(start, ranked[0]);
            AlignedObject? aligned = isBest ? null : Alignment.Align(reference, start.Found.Object, removeRamp: false);
            double agreement = aligned?.Correlation ?? 1;
            bool isKept = agreement >= plan.LeastAgreement;
            if (isKept)
            {
                Tensor scaled = (aligned?.Object ?? reference).Times(start.Scale);
                sum.PlusInPlace(scaled);
                votes.PlusInPlace(aligned?.MoveSupport(start.Found.Support) ?? start.Found.Support);
                kept++;
                if (origins.Add(start.Origin))
                {
                    independent.PlusInPlace(scaled);
                }
            }

            aligned?.Dispose();
            outcomes.Add(start.Outcome(agreement, isKept));
        }

        outcomes.AddRange(failed.Select(start => start.Outcome(double.NaN, isKept: false)));
        ScoredStart best = ranked[0];
        Tensor mean = sum.Over(kept);
        IReadOnlyList<double>? coherence = best.Found.CoherenceWidths;
        Tensor psi = reference.Times(best.Scale);
        Tensor support = best.Found.Support;
        (double chi, double scale) = (best.Chi, 1);
        if (kept > 1)
        {
            Tensor common = votes.IsAbove(kept / 2.0);
            Tensor polished = Polish(problem, plan.Polish, Start.From(mean, "mean", common, coherence), cancellation);
            (double chiOfMean, double scaleOfMean) = AmplitudeMisfits.Chi(polished, problem.Pattern, coherence);
            // Starts may agree in nearly everything and yet have a mean that explains less than each of them.
            if (chiOfMean <= chi)
            {
                (psi, support, chi, scale) = (polished, common, chiOfMean, scaleOfMean);
            }
        }

        ShellCurve? prtf =
            origins.Count < 2 ? null : Prtf.Of(independent.Over(origins.Count), 1, problem.Pattern, coherence);
        // What is detached here is freed by nobody else: after all that can fail.
        CanonicalForm canonical = CanonicalForm.Of(psi, support);
        return new PhasingResult
        {
            Object = psi.DetachFromDisposeScope(),
            Support = support.clone().DetachFromDisposeScope(),
            Canonical = canonical,
            Chi = chi,
            Scale = scale,
            CoherenceWidths = coherence,
            FreeLogLikelihood = best.Found.FreeLogLikelihood,
            NoiseRatio = best.NoiseRatio,
            MisfitRatio = best.Fit.MisfitRatio,
            ReachesNoise = best.ReachesNoise(problem),
            Starts = outcomes,
            Prtf = prtf,
        };
    }

    private static Tensor Polish(
        PhasingProblem problem,
        PhasingMethod method,
        Start mean,
        CancellationToken cancellation
    )
    {
        using PhasingProblem all = problem.WithoutFreeVoxels();
        using Reconstruction polished = PhasingRun.ToTheEnd(all, method, mean, null, cancellation);
        return polished.Object.clone();
    }

    private sealed class ScoredStart(Reconstruction found, PlannedStart planned, int number, ObjectFit fit)
        : IDisposable
    {
        public Reconstruction Found { get; } = found;

        public int Number { get; } = number;

        public string Origin => planned.Start.Origin;

        public ObjectFit Fit { get; } = fit;

        public double Chi => Fit.Chi;

        public double Scale => Fit.Scale;

        // It was given the free voxels back since.
        public double NoiseRatio => Found.FreeLogLikelihood / Fit.FreeNoise;

        public double Rank => Fit.Rank(Found.FreeLogLikelihood);

        public bool IsFinite => Found.Stop != StopReason.NonFinite && Scale > 0 && double.IsFinite(Chi);

        public bool ReachesNoise(PhasingProblem problem) => problem.ReachesNoise(NoiseRatio, Fit.MisfitRatio);

        public void Dispose() => Found.Dispose();

        public StartOutcome Outcome(double agreement, bool isKept) =>
            new()
            {
                Number = Number,
                Origin = Origin,
                Method = planned.Method,
                Chi = Chi,
                FreeLogLikelihood = Found.FreeLogLikelihood,
                SupportVoxels = Found.Support.sum().item<long>(),
                Agreement = agreement,
                IsKept = isKept,
                ChiHistory = Found.ChiHistory,
                Stop = Found.Stop,
            };
    }
}
