namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// One iterative projection algorithm: an immutable object that holds its hyper-parameters; all state is in
/// <see cref="ProjectionState"/>. In the doc comments <c>x</c> is the iterate, <c>P_M</c> the modulus projection,
/// <c>S</c> the support projection, and <c>beta</c> the feedback or relaxation.
/// </summary>
public abstract record PhasingAlgorithm
{
    /// <summary>The name used in recipes.</summary>
    public abstract string Name { get; }

    /// <summary>One iteration: replaces the state's iterate.</summary>
    internal abstract void Step(ProjectionState state);
}
