using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// The one loop of phasing: steps a method from a start until it ends, a time is up, or it is cancelled. It can be continued after either,
/// and ends as if it had not been stopped. Owns its state.
/// </summary>
public sealed class PhasingRun : IDisposable
{
    private readonly PhasingProblem problem;
    private readonly PhasingMethod method;
    private readonly PhasingState state;

    private PhasingRun(PhasingProblem problem, PhasingMethod method, PhasingState state)
    {
        this.problem = problem;
        this.method = method;
        this.state = state;
    }

    /// <summary>Why the run is over; null while it can go on.</summary>
    public StopReason? Ended => method.Ended(state);

    /// <summary>Steps done; after <see cref="On"/> with those before it that need not be done again.</summary>
    public int Steps => state.Steps;

    /// <summary>Makes a start a run.</summary>
    /// <param name="problem">Borrowed for as long as the run.</param>
    /// <param name="method">How.</param>
    /// <param name="start">Borrowed for this call.</param>
    /// <exception cref="InputException">The method's options cannot be used.</exception>
    /// <exception cref="ArgumentException">The start does not belong to the problem, or the method cannot begin with it.</exception>
    public static PhasingRun Begin(PhasingProblem problem, PhasingMethod method, Start start)
    {
        OptionProblem.RequireNone(method.Validate());
        using var scope = NewDisposeScope();
        return new(problem, method, method.Begin(problem, start));
    }

    /// <summary>A whole run.</summary>
    /// <param name="problem">Borrowed.</param>
    /// <param name="method">How.</param>
    /// <param name="start">Borrowed.</param>
    /// <param name="watch">Told after every step; may be null.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>On the CPU; belongs to the caller.</returns>
    /// <exception cref="InputException">The method's options cannot be used.</exception>
    public static Reconstruction ToTheEnd(
        PhasingProblem problem,
        PhasingMethod method,
        Start start,
        Action<PhasingState>? watch,
        CancellationToken cancellation
    )
    {
        using PhasingRun run = Begin(problem, method, start);
        run.ToTheEnd(watch, cancellation);
        return run.Read();
    }

    /// <summary>Steps until the method ends.</summary>
    /// <param name="watch">Told after every step; may be null.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    public StopReason ToTheEnd(Action<PhasingState>? watch, CancellationToken cancellation)
    {
        StopReason? ended;
        while ((ended = Ended) is null)
        {
            Step(watch, cancellation);
        }

        return ended.Value;
    }

    /// <summary>Steps until the method ends or a time is up, but once at least.</summary>
    /// <param name="atMost">How long.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="watch">Told after every step; may be null.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>Why the run is over; null if it can go on.</returns>
    public StopReason? For(
        TimeSpan atMost,
        TimeProvider clock,
        Action<PhasingState>? watch,
        CancellationToken cancellation
    )
    {
        long begin = clock.GetTimestamp();
        do
        {
            if (Ended is { } ended)
            {
                return ended;
            }

            Step(watch, cancellation);
        } while (clock.GetElapsedTime(begin) < atMost);

        return Ended;
    }

    /// <summary>The object as it stands.</summary>
    /// <returns>On the CPU; belongs to the caller.</returns>
    public Reconstruction Read()
    {
        using var scope = NewDisposeScope();
        return method.Read(problem, state).ToCpu();
    }

    /// <summary>The run with more of its measurement: from the object as it stands, by what is left of the method.</summary>
    /// <param name="grown">Another part of the measurement; borrowed for as long as the new run.</param>
    /// <returns>Belongs to the caller, as this one does.</returns>
    public PhasingRun On(PhasingProblem grown)
    {
        using var scope = NewDisposeScope();
        using Reconstruction found = Read();
        return Begin(grown, method.Rest(state), MovedObject.StartOf(found, problem.Pattern, grown.Pattern));
    }

    public void Dispose() => state.Dispose();

    private void Step(Action<PhasingState>? watch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using (NewDisposeScope())
        {
            method.Step(problem, state);
        }

        watch?.Invoke(state);
    }
}
