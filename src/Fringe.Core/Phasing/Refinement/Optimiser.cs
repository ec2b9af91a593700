namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// How the object is moved to lower the objective: an immutable object with its hyper-parameters; what it keeps from step to step lies in
/// the state.
/// </summary>
public abstract record Optimiser : IOptions
{
    /// <summary>The name shown with the progress.</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract IEnumerable<OptionProblem> Validate();

    /// <summary>One step: records misfit and chi of the object as it is, then moves it, inside the support.</summary>
    internal abstract void Step(RefinementState state, RefinementObjective objective);
}
