using Fringe.Imaging.Figures;
using Fringe.Learning.Evaluation;

namespace Fringe.Imaging.Network;

/// <summary>The figures of an evaluation: of one crystal, and of many.</summary>
internal static class EvaluatedFigureSet
{
    public static FigureSet Of(ExampleScore score) =>
        [
            EvaluationFigures.Crystal.Of(score.Crystal),
            EvaluationFigures.ExpectedPhotons.Of(score.Photons),
            EvaluationFigures.Error.Of(score.Error),
            EvaluationFigures.NetworkError.Of(score.NetworkError),
            EvaluationFigures.ShapeError.Of(score.ShapeError),
            EvaluationFigures.PhaseError.Of(score.PhaseErrorRadians),
            NetworkFigures.Spread.Of(score.Spread),
            NetworkFigures.Chi.Of(score.Chi),
            EvaluationFigures.NetworkNoise.Of(score.Noise),
            EvaluationFigures.StrainLeft.Of(score.StrainLeft),
            EvaluationFigures.PhaseRange.Of(score.PhaseRangeRadians),
            EvaluationFigures.Atoms.Of(score.Atoms),
            EvaluationFigures.LeastOversampling.Of(score.OversamplingRatio),
        ];

    public static FigureSet Of(ErrorSummary summary) =>
        [
            EvaluationFigures.ExpectedPhotons.Of(summary.Photons),
            EvaluationFigures.Examples.Of(summary.Examples),
            EvaluationFigures.MedianError.Of(summary.MedianError),
            EvaluationFigures.Error95.Of(summary.Error95),
            EvaluationFigures.ShareUnder005.Of(summary.ShareUnder005),
            EvaluationFigures.NetworkMedianError.Of(summary.NetworkMedianError),
            EvaluationFigures.NetworkError95.Of(summary.NetworkError95),
            EvaluationFigures.MedianShapeError.Of(summary.MedianShapeError),
            EvaluationFigures.ShapeError95.Of(summary.ShapeError95),
            EvaluationFigures.MedianPhaseError.Of(summary.MedianPhaseErrorRadians),
            EvaluationFigures.PhaseError95.Of(summary.PhaseError95Radians),
            EvaluationFigures.Twins.Of(summary.Twins),
        ];
}
