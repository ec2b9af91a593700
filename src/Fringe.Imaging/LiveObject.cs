using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging.Methods;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// The object of a measurement that grows, on the thread that computes: goes on from the object before when frames come, and keeps the better
/// of what it finds and what it had. Owns its tensors.
/// </summary>
/// <param name="imager">Borrowed.</param>
/// <param name="options">Valid.</param>
internal sealed class LiveObject(Imager imager, ImagingOptions options) : IDisposable
{
    private readonly FreeVoxels freeVoxels = new(options.FreeFraction, options.Seed);
    private LivePattern? seen;
    private PhasingRun? run;
    private LiveCandidate? best;
    private LiveView? view;
    private bool isNew = true;

    /// <summary>The frames or their corrections are others than before.</summary>
    public void Renew() => isNew = true;

    /// <summary>Makes the object better for a while.</summary>
    /// <param name="measurement">As far as it is there; borrowed.</param>
    /// <param name="frames">How many frames that is.</param>
    /// <param name="atMost">How long to phase.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    public SessionUpdate Advance(Measurement measurement, int frames, TimeSpan atMost, CancellationToken cancellation)
    {
        long begin = TimeProvider.System.GetTimestamp();
        if (isNew && !See(measurement, cancellation))
        {
            return new SessionUpdate(frames, SessionStage.Waiting);
        }

        TimeSpan left = atMost - TimeProvider.System.GetElapsedTime(begin);
        StopReason? ended = run!.For(left, TimeProvider.System, null, cancellation);
        using (Reconstruction found = run.Read())
        {
            best = Better(found);
        }

        return best is null
            ? new SessionUpdate(frames, SessionStage.Waiting)
            : Show(frames, ended is null ? SessionStage.Improving : SessionStage.Settled);
    }

    public void Dispose()
    {
        run?.Dispose();
        seen?.Dispose();
        best?.Dispose();
    }

    // Begins anew with what frames there are; false where they hold nothing to phase.
    private bool See(Measurement measurement, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        (PreparedPattern? prepared, _) = measurement.TryPrepare(options.Preparation, cancellation);
        if (prepared is null)
        {
            return false;
        }

        LivePattern next = new(prepared, freeVoxels, imager.Device);
        (Start start, PhasingMethod method) = Begin(next);
        run?.Dispose();
        run = PhasingRun.Begin(next.Problem, method, start);
        LiveCandidate? before = best;
        best = before?.On(next.Problem);
        before?.Dispose();
        seen?.Dispose();
        seen = next;
        isNew = false;
        return true;
    }

    private (Start Start, PhasingMethod Method) Begin(LivePattern next)
    {
        DiffractionPattern pattern = next.Problem.Pattern;
        if (best is not null)
        {
            Tensor moved = MovedObject.To(best.Object, best.Origin, pattern);
            Start before = Start.From(moved, Origins.Before, coherenceWidths: best.CoherenceWidths);
            return (before, RefinedPhasing.Of(RefinedPhasing.FromObject, Refinement));
        }

        bool usesNetwork = options.Method.MayUseNetwork && new Automatic().UsesNetwork(pattern.Shape);
        return usesNetwork
            ? (
                Start.From(imager.Network.Get().Predict(pattern), Origins.Network),
                RefinedPhasing.Of(RefinedPhasing.FromObject, Refinement)
            )
            : (Start.Random(options.Seed), RefinedPhasing.Of(RefinedPhasing.FromRandom, Refinement));
    }

    // The last steps would give the free voxels back, and the next object begin with one that was fitted to its judges.
    private RefineWithBlur Refinement
    {
        get
        {
            RefineWithBlur usual = (options.Method as RefiningMethod)?.Refinement ?? new RefineWithBlur();
            return usual with { Refine = usual.Refine with { FinalSteps = 0 } };
        }
    }

    // By the free voxels, which neither was fitted to; by chi where there are none.
    private LiveCandidate? Better(Reconstruction found)
    {
        LiveCandidate? other = LiveCandidate.Of(found.Object, seen!.Problem, found.CoherenceWidths);
        if (other is null || (best is not null && best.Rank <= other.Rank))
        {
            other?.Dispose();
            return best;
        }

        best?.Dispose();
        return other;
    }

    private SessionUpdate Show(int frames, SessionStage stage)
    {
        using var scope = NewDisposeScope();
        LiveCandidate now = best!;
        if (view is null)
        {
            using CanonicalForm canonical = CanonicalForm.Of(now.Object, CrystalOutline.Of(now.Object));
            view = new LiveView(canonical, now);
        }

        Tensor psi = view.Show(now);
        return new SessionUpdate(frames, stage)
        {
            Crystal = new CrystalView(psi.ToComplexVolume(), CrystalOutline.Of(psi).ToBooleans()),
            Chi = now.Chi,
            FreeLogLikelihood = now.FreeLogLikelihood,
        };
    }
}
