using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Network;
using Fringe.Imaging.Trust;

namespace Fringe.Imaging;

/// <summary>The figures of a result, the important ones first: all but the times.</summary>
internal static class PhasedFigureSet
{
    /// <param name="result">What an imager made of a measurement.</param>
    public static FigureSet Of(ImagingResult result)
    {
        PatternFit fit = result.Fit;
        PreparationSummary prepared = result.Preparation;
        double[] shape = [result.Measured.Depth, result.Measured.Height, result.Measured.Width];
        return
        [
            PhasingFigures.Chi.Of(fit.Chi),
            PhasingFigures.FreeLogLikelihood.Of(fit.FreeLogLikelihood),
            PhasingFigures.FreeMisfitOverNoise.Of(fit.NoiseRatio),
            PhasingFigures.MisfitOverNoise.Of(fit.MisfitRatio),
            .. PhasingFigures.CoherenceBlur.Of(fit.CoherenceWidths ?? []),
            .. OfNetwork(result.Network),
            PhasingFigures.SupportVoxels.Of(fit.SupportVoxels),
            .. OfStarts(result),
            .. OfUncertainty(result.Uncertainty),
            .. PatternFigures.Oversampling.Of(fit.OversamplingRatio),
            .. result.Space is { } crystal
                ? CrystalFigureSet.Of(crystal, fit.Prtf, result.Uncertainty?.ShellCorrelation)
                : [],
            .. PatternFigures.Shape.Of(shape),
            .. PatternFigures.Peak.Of(prepared.Peak.Select(index => (double)index)),
            .. PatternFigures.Ramp.Of(result.Ramp),
            PatternFigures.Photons.Of(prepared.Photons),
            PatternFigures.KeptFraction.Of(prepared.KeptFraction),
            PatternFigures.MaskedFraction.Of(prepared.MaskedFraction),
            PatternFigures.HiddenFraction.Of(fit.HiddenFraction),
            PatternFigures.MeasuredFrames.Of(prepared.MeasuredFrames),
            PatternFigures.LostFrames.Of(prepared.LostFrames.Count),
            PatternFigures.RepeatedFrames.Of(prepared.RepeatedFrames.Count),
            PatternFigures.BadPixels.Of(prepared.BadPixels),
            PatternFigures.RecordedMaskPixels.Of(prepared.RecordedMaskPixels),
            PatternFigures.DetectorPixels.Of(prepared.DetectorPixels),
            PatternFigures.GapPixels.Of(prepared.GapPixels),
            PatternFigures.ZeroedVoxels.Of(prepared.ZeroedVoxels),
            PatternFigures.InvalidVoxels.Of(prepared.InvalidVoxels),
            PatternFigures.SaturatedVoxels.Of(prepared.SaturatedVoxels),
            PatternFigures.HotVoxels.Of(prepared.HotVoxels),
            PhasingFigures.Iterations.Of(result.Starts[0].ChiHistory.Count),
            PhasingFigures.Seed.Of(result.Options.Seed),
        ];
    }

    private static FigureValue[] OfNetwork(NetworkJudgement? network) =>
        network is null ? [] : [NetworkFigures.Spread.Of(network.Spread), NetworkFigures.Chi.Of(network.Chi)];

    private static FigureValue[] OfStarts(ImagingResult result)
    {
        int kept = Math.Max(1, result.Starts.Count(start => start.IsKept));
        double[] agreements = [.. result.Starts.Skip(1).Select(start => start.Agreement).Where(double.IsFinite)];
        return
        [
            PhasingFigures.Agreement.Of(agreements.Length == 0 ? null : agreements.Average()),
            PhasingFigures.StartsKept.Of(kept) with
            {
                Remark = $"Here they correlate at least {result.LeastAgreement}.",
            },
            PhasingFigures.Starts.Of(result.Starts.Count),
            PhasingFigures.PrtfResolution.OfResolution(result.Fit.Prtf, 1 / Math.E, voxel: 1),
            PhasingFigures.PrtfResolutionHalf.OfResolution(result.Fit.Prtf, 0.5, voxel: 1),
        ];
    }

    private static FigureValue[] OfUncertainty(ObjectUncertainty? uncertainty) =>
        uncertainty is null
            ? []
            :
            [
                UncertaintyFigures.Phase.Of(uncertainty.MeanPhaseRadians),
                UncertaintyFigures.Amplitude.Of(uncertainty.MeanAmplitude),
                UncertaintyFigures.FscResolution.OfResolution(
                    uncertainty.ShellCorrelation,
                    FourierShellCorrelation.Level,
                    voxel: 1
                ),
                UncertaintyFigures.Widening.Of(uncertainty.Widening),
                UncertaintyFigures.Replicas.Of(uncertainty.Replicas),
            ];
}
