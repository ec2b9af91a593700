namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// The difference map (Elser, J. Opt. Soc. Am. A 20, 40 (2003), eq. 9) with its optimal gammas -1/beta and 1/beta:
/// <c>x' = x + beta [ S((1 + 1/beta) P_M x - x/beta) - P_M((1 - 1/beta) S x + x/beta) ]</c>.
/// Two modulus projections an iteration, so it costs twice the others.
/// </summary>
/// <param name="Beta">Step, not 0.</param>
public sealed record DifferenceMap(double Beta) : PhasingAlgorithm
{
    public override string Name => "DM";

    internal override void Step(ProjectionState state)
    {
        // The second projection's argument is x inside the support and x/beta outside.
        using var estimate = state.ProjectModulusOf(outside: 1 / Beta);
        state.ProjectModulus();
        state.Update(inside: new(Projected: 1 + Beta, Iterate: 0), outside: new(Projected: 0, Iterate: 1));
        state.Update(estimate, inside: new(Projected: -Beta, Iterate: 1), outside: new(Projected: -Beta, Iterate: 1));
    }
}
