namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// Error reduction (Gerchberg-Saxton with a support; Fienup 1982, eq. 12): <c>x' = S P_M x</c>.
/// </summary>
public sealed record ErrorReduction : PhasingAlgorithm
{
    public override string Name => "ER";

    internal override void Step(ProjectionState state)
    {
        state.ProjectModulus();
        state.Update(inside: new(Projected: 1, Iterate: 0), outside: new(Projected: 0, Iterate: 0));
    }
}
