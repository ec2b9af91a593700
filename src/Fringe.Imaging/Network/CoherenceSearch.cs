using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging.Methods;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging.Network;

/// <summary>
/// How far a beam that is not fully coherent blurs a pattern along each axis: from the pattern alone first, then in turn with the object. The network
/// knows sharp patterns alone, so it is shown the pattern sharpened; refinement of what it finds gives the widths to sharpen by.
/// </summary>
internal static class CoherenceSearch
{
    private const int MostRounds = 3;

    // Share of the widths by which they may still change.
    private const double Settled = 0.05;

    /// <summary>The widths.</summary>
    /// <param name="problem">Borrowed; looked at on its coarsest grid, whose voxels have the pattern's size.</param>
    /// <param name="predictor">Borrowed.</param>
    /// <param name="refinement">How an object is refined.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>Standard deviations along z, y, x, voxels; null where the beam is coherent, or is to be taken for that.</returns>
    public static IReadOnlyList<double>? Find(
        PhasingProblem problem,
        Predictor predictor,
        RefineWithBlur refinement,
        CancellationToken cancellation
    )
    {
        if (
            refinement.Coherence == CoherenceFit.Never
            || CoherenceEstimate.WidthOf(problem.Pattern, cancellation) is not { } width
        )
        {
            return null;
        }

        using PhasingProblem coarse = problem.Centre(CoarseToFine.Shapes(problem.Shape)[0]);
        IReadOnlyList<double> widths = [width, width, width];
        for (int round = 0; round < MostRounds; round++)
        {
            IReadOnlyList<double>? fitted = Fit(coarse, predictor, refinement, widths, cancellation);
            if (fitted is null || fitted.Max() < CoherenceEstimate.LeastWidth)
            {
                return null;
            }

            bool isSettled = fitted
                .Zip(widths, (now, before) => Math.Abs(now - before))
                .All(change => change < Settled * fitted.Max());
            widths = fitted;
            if (isSettled)
            {
                break;
            }
        }

        return widths;
    }

    // null where refinement did not end well.
    private static IReadOnlyList<double>? Fit(
        PhasingProblem problem,
        Predictor predictor,
        RefineWithBlur refinement,
        IReadOnlyList<double> widths,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern sharp = Sharpening.Of(problem.Pattern, widths, cancellation);
        using NetworkStart start = predictor.Start(sharp);
        using Reconstruction found = PhasingRun.ToTheEnd(
            problem,
            refinement,
            Start.From(start.Objects[0], Origins.Network, coherenceWidths: widths),
            null,
            cancellation
        );
        return found.Stop is StopReason.Converged or StopReason.MaxIterations ? found.CoherenceWidths : null;
    }
}
