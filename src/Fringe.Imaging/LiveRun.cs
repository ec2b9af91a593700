using Fringe.Core.Phasing;
using Fringe.Core.Values;

namespace Fringe.Imaging;

/// <summary>One way to the object of a measurement that grows, and what it has found of late. Owns its run.</summary>
/// <param name="run">Taken over.</param>
internal sealed class LiveRun(PhasingRun run) : IDisposable
{
    private LiveCandidate? found;

    /// <summary>Why it is over; null while it can go on.</summary>
    public StopReason? Ended => run.Ended;

    /// <summary>Whether it has not come to numbers that are none.</summary>
    public bool IsUsable => Ended is not (StopReason.NonFinite or StopReason.Diverged);

    /// <summary>What it found of late, by which runs are compared: less is better; infinite before that.</summary>
    public double Rank { get; private set; } = double.PositiveInfinity;

    /// <summary>The run with more of its measurement.</summary>
    /// <param name="grown">Borrowed for as long as that run.</param>
    /// <returns>Belongs to the caller; null where the run cannot go on.</returns>
    public LiveRun? On(PhasingProblem grown) => IsUsable ? new LiveRun(run.On(grown)) : null;

    /// <summary>Steps for a time, or until it is over.</summary>
    /// <param name="atMost">How long; one step at least.</param>
    /// <param name="problem">That it began with; borrowed.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    public void For(TimeSpan atMost, PhasingProblem problem, CancellationToken cancellation)
    {
        if (Ended is not null)
        {
            return;
        }

        run.For(atMost, TimeProvider.System, null, cancellation);
        using Reconstruction now = run.Read();
        found?.Dispose();
        found = LiveCandidate.Of(now.Object, problem, now.CoherenceWidths);
        Rank = found?.Rank ?? double.PositiveInfinity;
    }

    /// <summary>What it found of late, which goes over to the caller; null where that is nothing new.</summary>
    public LiveCandidate? Take()
    {
        LiveCandidate? taken = found;
        found = null;
        return taken;
    }

    public void Dispose()
    {
        found?.Dispose();
        run.Dispose();
    }
}
