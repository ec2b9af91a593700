namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// Relaxed averaged alternating reflections (Luke, Inverse Problems 21, 37 (2005), eq. 3):
/// <c>x' = beta/2 (R_S R_M + 1) x + (1 - beta) P_M x</c> with <c>R = 2P - 1</c>. By regions that is <c>P_M x</c> inside the
/// support and <c>beta x + (1 - 2 beta) P_M x</c> outside. (Other programs use the name for a variant that also relaxes
/// inside the support.)
/// </summary>
/// <param name="Beta">Relaxation, 0 to 1.</param>
public sealed record Raar(double Beta) : PhasingAlgorithm
{
    public override string Name => "RAAR";

    internal override void Step(ProjectionState state)
    {
        state.ProjectModulus();
        state.Update(inside: new(Projected: 1, Iterate: 0), outside: new(Projected: 1 - (2 * Beta), Iterate: Beta));
    }
}
