namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// Hybrid input-output (Fienup, Appl. Opt. 21, 2758 (1982), eq. 15): <c>P_M x</c> inside the support,
/// <c>x - beta P_M x</c> outside.
/// </summary>
/// <param name="Beta">Feedback, 0 to 1.</param>
public sealed record HybridInputOutput(double Beta) : PhasingAlgorithm
{
    public override string Name => "HIO";

    internal override void Step(ProjectionState state)
    {
        state.ProjectModulus();
        state.Update(inside: new(Projected: 1, Iterate: 0), outside: new(Projected: -Beta, Iterate: 1));
    }
}
