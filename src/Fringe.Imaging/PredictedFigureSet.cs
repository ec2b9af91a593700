using Fringe.Core.Preparation;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging;

/// <summary>The figures of a prediction.</summary>
internal static class PredictedFigureSet
{
    /// <param name="predicted">What the network made of a measurement.</param>
    public static FigureSet Of(PredictedMeasurement predicted)
    {
        PreparationSummary prepared = predicted.Preparation;
        return
        [
            PhasingFigures.Chi.Of(predicted.Chi),
            NetworkFigures.Spread.Of(predicted.Network.Spread),
            NetworkFigures.Chi.Of(predicted.Network.Chi),
            NetworkFigures.SupportVoxels.Of(predicted.Small.Support.LongCount(inside => inside)),
            .. NetworkFigures.Oversampling.Of(predicted.SmallOversamplingRatio),
            .. NetworkFigures.ResamplingStep.Of(predicted.Step),
            .. PatternFigures.Oversampling.Of(prepared.OversamplingRatio),
            .. PatternFigures.Shape.Of(predicted.Shape.Select(length => (double)length)),
            .. PatternFigures.Ramp.Of(predicted.Ramp),
            PatternFigures.Photons.Of(prepared.Photons),
            PatternFigures.MaskedFraction.Of(prepared.MaskedFraction),
            TimeFigures.NetworkPass.Of(predicted.Seconds),
        ];
    }
}
