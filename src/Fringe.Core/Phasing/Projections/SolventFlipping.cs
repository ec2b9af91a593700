namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// Solvent flipping (Abrahams and Leslie, Acta Cryst. D 52, 30 (1996), as a reflection in Marchesini,
/// Rev. Sci. Instrum. 78, 011301 (2007), table I): <c>x' = R_S P_M x</c>, that is <c>P_M x</c> inside the support
/// and <c>-P_M x</c> outside.
/// </summary>
public sealed record SolventFlipping : PhasingAlgorithm
{
    public override string Name => "SF";

    internal override void Step(ProjectionState state)
    {
        state.ProjectModulus();
        state.Update(inside: new(Projected: 1, Iterate: 0), outside: new(Projected: -1, Iterate: 0));
    }
}
