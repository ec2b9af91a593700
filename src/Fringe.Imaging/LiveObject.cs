using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging.Trust;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// The object of a measurement that grows, on the thread that computes. One run leads and goes on where it stands when frames come; while
/// photon noise does not explain its object, another start challenges it with what time is left, and leads from then on if it ends with a
/// better one. The best object of all is kept. Owns its tensors.
/// </summary>
/// <param name="imager">Borrowed.</param>
/// <param name="options">Valid.</param>
internal sealed class LiveObject(Imager imager, ImagingOptions options) : IDisposable
{
    // Of the time, while the leader could use all of it.
    private const double ShareOfLeader = 0.75;

    private readonly FreeVoxels freeVoxels = new(options.FreeFraction, options.Seed);
    private readonly LiveStarts starts = new(imager, options);
    private LivePattern? seen;
    private LiveRun? leader;
    private LiveRun? challenger;
    private LiveCandidate? best;
    private LiveView? view;
    private SessionUpdate? shown;
    private bool isNew = true;

    /// <summary>The frames or their corrections are others than before.</summary>
    public void Renew() => isNew = true;

    /// <summary>Makes the object better for a while.</summary>
    /// <param name="measurement">As far as it is there; borrowed.</param>
    /// <param name="frames">How many frames that is.</param>
    /// <param name="atMost">How long.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    public SessionUpdate Advance(Measurement measurement, int frames, TimeSpan atMost, CancellationToken cancellation)
    {
        long begin = TimeProvider.System.GetTimestamp();
        if (isNew && !See(measurement, frames, cancellation))
        {
            return new SessionUpdate(frames, SessionStage.Waiting);
        }

        if (shown is not null && IsSettled(frames))
        {
            return shown;
        }

        Lead(HasChallenge(frames) ? ShareOfLeader * Left() : Left(), cancellation);
        if (HasChallenge(frames) && Left() > TimeSpan.Zero)
        {
            challenger ??= new LiveRun(starts.Next(seen!.Problem, measurement, frames));
            Challenge(Left(), cancellation);
        }

        if (best is null)
        {
            return new SessionUpdate(frames, SessionStage.Waiting);
        }

        shown = Show(frames, IsSettled(frames) ? SessionStage.Settled : SessionStage.Improving);
        return shown;

        TimeSpan Left() => atMost - TimeProvider.System.GetElapsedTime(begin);
    }

    public void Dispose()
    {
        leader?.Dispose();
        challenger?.Dispose();
        seen?.Dispose();
        best?.Dispose();
        view?.Dispose();
    }

    // What frames there are, and the runs with them; false where they hold nothing to phase.
    private bool See(Measurement measurement, int frames, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        (PreparedPattern? prepared, _) = measurement.TryPrepare(options.Preparation, cancellation);
        if (prepared is null)
        {
            return false;
        }

        // What went before is over, whatever comes of the rest.
        LivePattern? past = seen;
        (LiveRun? led, LiveRun? challenged, LiveCandidate? found) = (leader, challenger, best);
        (leader, challenger, best) = (null, null, null);
        using (past)
        using (found)
        using (led)
        using (challenged)
        {
            seen = new LivePattern(prepared, freeVoxels, imager.Device);
            best = found?.On(seen.Problem);
            challenger = challenged?.On(seen.Problem);
            leader = led?.On(seen.Problem) ?? new LiveRun(starts.Next(seen.Problem, measurement, frames));
        }

        isNew = false;
        shown = null;
        return true;
    }

    private bool HasChallenge(int frames) =>
        (challenger is not null || starts.HasNext(frames))
        && !(best is { } now && seen!.Problem.ReachesNoise(now.Fit.NoiseRatio, now.Fit.MisfitRatio));

    private bool IsSettled(int frames) => leader!.Ended is not null && !HasChallenge(frames);

    private void Lead(TimeSpan time, CancellationToken cancellation)
    {
        leader!.For(time, seen!.Problem, cancellation);
        Keep(leader);
    }

    private void Challenge(TimeSpan time, CancellationToken cancellation)
    {
        challenger!.For(time, seen!.Problem, cancellation);
        Keep(challenger);
        if (challenger.Ended is null)
        {
            return;
        }

        if (challenger.Rank < leader!.Rank || !leader.IsUsable)
        {
            (leader, challenger) = (challenger, leader);
        }

        challenger.Dispose();
        challenger = null;
    }

    // By both misfits over photon noise; no run was fitted to the free voxels.
    private void Keep(LiveRun run)
    {
        LiveCandidate? found = run.Take();
        if (found is not null && !(best?.Rank <= found.Rank))
        {
            (best, found) = (found, best);
        }

        found?.Dispose();
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
        Tensor support = CrystalOutline.Of(psi);
        PatternFit fit = PatternFit.Of(now.Fit, seen!.Problem, support, now.CoherenceWidths);
        return new SessionUpdate(frames, stage)
        {
            Crystal = new CrystalView(psi.ToComplexVolume(), support.ToBooleans()),
            Fit = fit,
            Verdict = Verdict.Of(fit, [], seen.Summary),
        };
    }
}
