using Fringe.Core.Values;

namespace Fringe.Core.Phasing;

/// <summary>
/// A way from a pattern to an object: hyper-parameters alone, equal by value. What changes lies in the state that <see cref="Begin"/> makes;
/// <see cref="PhasingRun"/> is the one loop that steps through it.
/// </summary>
public abstract record PhasingMethod : IOptions
{
    /// <inheritdoc/>
    public abstract IEnumerable<OptionProblem> Validate();

    /// <summary>The recipes of iterative projections that run on a pattern of this shape, in order; none where all is refinement.</summary>
    /// <param name="shape"><c>[z, y, x]</c>.</param>
    public abstract IEnumerable<string> RecipesFor(IReadOnlyList<long> shape);

    /// <summary>The most steps that a run can take, for its progress.</summary>
    /// <param name="problem">Borrowed.</param>
    /// <param name="start">Where it begins.</param>
    internal abstract int MostSteps(PhasingProblem problem, Start start);

    /// <summary>Makes a start the state of a run.</summary>
    /// <param name="problem">Borrowed; the state may keep it.</param>
    /// <param name="start">Where to begin; borrowed for this call.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The start has another shape than the pattern.</exception>
    internal abstract PhasingState Begin(PhasingProblem problem, Start start);

    /// <summary>One step: of an iteration, of refinement, or from one stage to the next and the first step there.</summary>
    /// <param name="problem">That the state began with.</param>
    /// <param name="state">Made by this method; changed.</param>
    internal abstract void Step(PhasingProblem problem, PhasingState state);

    /// <summary>Why the run is over; null while it goes on.</summary>
    /// <param name="state">Made by this method.</param>
    internal abstract StopReason? Ended(PhasingState state);

    /// <summary>The object as it stands, on the problem's device; after the end, the outcome.</summary>
    /// <param name="problem">That the state began with.</param>
    /// <param name="state">Made by this method; left as it is.</param>
    /// <returns>Belongs to the caller.</returns>
    internal abstract Reconstruction Read(PhasingProblem problem, PhasingState state);

    /// <summary>
    /// What is left to be done from the object as it stands when the measurement has grown. A run that was over takes up its last steps again.
    /// </summary>
    /// <param name="state">Made by this method; left as it is.</param>
    internal abstract PhasingMethod Rest(PhasingState state);
}
