using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Methods;

/// <summary>A way that ends in refinement through the differentiable model.</summary>
public abstract record RefiningMethod : ImagingMethod
{
    /// <summary>How the object is refined, and whether its beam is taken for partly coherent.</summary>
    public RefineWithBlur Refinement { get; init; } = new();

    /// <summary>A plan of these starts.</summary>
    private protected StartPlan PlanOf(IReadOnlyList<PlannedStart> starts, bool stopWhenSettled = false) =>
        new()
        {
            Starts = starts,
            Polish = Refinement.Refine.Again(),
            Repeat = Refinement.Refine.Again(),
            LeastAgreement = RefinedPhasing.LeastAgreement,
            StopWhenSettled = stopWhenSettled,
        };

    /// <summary>A start and its iterations, then refinement.</summary>
    private protected PlannedStart From(Start start, Iterate iterate) =>
        new(start, RefinedPhasing.Of(iterate, Refinement));

    /// <summary>
    /// The network's objects, each with its iterations and refinement; where the beam blurs the pattern refined at once with the blur that is known, as
    /// iterations would take the pattern for sharp.
    /// </summary>
    private protected IEnumerable<PlannedStart> FromPredicted(KnownBefore known, Iterate iterate) =>
        known.Predicted.Select(psi =>
            known.CoherenceWidths is { } widths
                ? new PlannedStart(
                    Start.From(psi, Origins.Network, coherenceWidths: widths),
                    new CoarseToFine(Refinement, Refinement)
                )
                : From(Start.From(psi, Origins.Network), iterate)
        );

    /// <summary>Random starts with their iterations, then refinement.</summary>
    private protected IEnumerable<PlannedStart> Random(Iterate iterate, int count, int seed) =>
        StartPlan.Random(RefinedPhasing.Of(iterate, Refinement), count, seed);
}
