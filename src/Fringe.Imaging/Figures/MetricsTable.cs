using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Imaging.Network;
using static TorchSharp.torch;

namespace Fringe.Imaging.Figures;

/// <summary>
/// The figures of a run: the one list behind <c>metrics.json</c>, the report, the terminal and the CXI file.
/// docs/metrics.md explains them.
/// </summary>
internal static class MetricsTable
{
    /// <summary>Numbers with their meaning, the important ones first.</summary>
    public static IReadOnlyList<MetricRow> Numbers(PhasedSample sample, PhaseRequest request, StageClock clock)
    {
        PhasingResult result = sample.Result;
        PreparationSummary prepared = sample.Prepared.Summary;
        IReadOnlyList<long> shape = sample.Prepared.Pattern.Shape;
        StartSummary[] others = [.. result.Starts.Where(start => start.IsKept).Skip(1)];
        StartSummary[] rivals = [.. result.Starts.Skip(1).Where(start => double.IsFinite(start.Agreement))];
        return
        [
            new(
                MetricKeys.Chi,
                "chi",
                result.Chi,
                "",
                "Misfit of the modelled to the measured amplitudes over all measured voxels, sum (c|F| - A)^2 / sum A^2. Lower is better; 0 is perfect."
            ),
            new(
                MetricKeys.FreeLogLikelihood,
                "free log-likelihood",
                Finite(result.FreeLogLikelihood),
                "",
                "Mean Poisson misfit of voxels that were kept out of the fit. Lower is better; photon noise alone leaves about 0.5 or less."
            ),
            new(
                MetricKeys.FreeMisfitOverNoise,
                "free misfit over photon noise",
                Finite(result.NoiseRatio),
                "",
                "The free log-likelihood over what photon noise alone would leave; with many photons, an object up to about 1.8 is right."
            ),
            .. result.CoherenceWidths is { } widths
                ? Axes(
                    "coherence_blur_",
                    "blur by partial coherence",
                    widths,
                    "voxels",
                    "Standard deviation of the fitted Gaussian blur of the pattern."
                )
                : [],
            .. NetworkRows(sample.Network),
            new(
                MetricKeys.SupportVoxels,
                "support",
                CountVoxels(result.Support),
                "voxels",
                "Voxels inside the crystal's outline."
            ),
            new(
                "agreement",
                "agreement between starts",
                rivals.Length == 0 ? null : rivals.Average(start => start.Agreement),
                "",
                "Mean complex correlation of all other starts with the best, 0 to 1. Low means that the result depends on chance."
            ),
            new(
                "starts_kept",
                "starts kept",
                others.Length + 1,
                "",
                $"Starts in the mean: those that correlate at least {request.Phasing.LeastAgreement} with the best."
            ),
            new("starts", "starts", result.Starts.Count, "", "Independent starts."),
            InVoxels(
                "prtf_resolution_1e_voxels",
                "resolution in voxels, PRTF at 1/e",
                result.Prtf,
                1 / Math.E,
                "Full period at which the phase retrieval transfer function of the kept starts falls to 1/e; 2 is the sampling's limit."
            ),
            InVoxels(
                "prtf_resolution_half_voxels",
                "resolution in voxels, PRTF at 0.5",
                result.Prtf,
                0.5,
                "The same at 0.5, the stricter level."
            ),
            .. UncertaintyRows(sample.Uncertainty),
            .. Axes(
                "oversampling_",
                "oversampling ratio",
                prepared.OversamplingRatio,
                "",
                "Axis length over the object's extent, from the autocorrelation. Under 2 phasing is not unique."
            ),
            .. sample.Crystal is { } crystal
                ? StrainMetrics.Of(crystal, result.Prtf, sample.Uncertainty?.ShellCorrelation)
                : [],
            .. Axes("shape_", "shape", shape.Select(n => (double)n), "voxels", "Lengths of the prepared pattern."),
            .. Axes(
                "peak_",
                "peak",
                prepared.Peak.Select(n => (double)n),
                "",
                "Index of the peak in the (binned) stack."
            ),
            .. Axes(
                "ramp_",
                "removed ramp",
                result.Canonical.Ramp,
                "cycles",
                "Phase ramp taken out of the stored object: how far its pattern lies from the peak voxel."
            ),
            new("photons", "photons", prepared.Photons, "", "Sum over the prepared pattern."),
            new(
                "kept_fraction",
                "photons kept",
                prepared.KeptFraction,
                "",
                "Share of the stack's photons inside the prepared shape."
            ),
            new("masked_fraction", "not measured", prepared.MaskedFraction, "", "Share of masked voxels; they float."),
            new(
                "hidden_fraction",
                "photons not measured",
                sample.HiddenFraction,
                "",
                "Share of the object's photons that fall on masked voxels: what they hold is only as sure as the object."
            ),
            new("bad_pixels", "bad pixels", prepared.BadPixels, "", "Pixels masked by the dark, flat and mask files."),
            new("invalid_voxels", "invalid voxels", prepared.InvalidVoxels, "", "NaN, infinite or negative: masked."),
            new(
                "saturated_voxels",
                "saturated voxels",
                prepared.SaturatedVoxels,
                "",
                "At or above saturation: masked."
            ),
            new("hot_voxels", "hot voxels", prepared.HotVoxels, "", "Far above all neighbours in the frame: masked."),
            new(
                "iterations",
                "iterations",
                result.Starts[0].ChiHistory.Count,
                "",
                "Of the best start on the finest grid, refinement included."
            ),
            new(
                "seed",
                "seed",
                request.Phasing.Seed,
                "",
                "The same seed, machine and thread count give the same bytes."
            ),
            new(
                MetricKeys.SecondsTotal,
                "time",
                clock.TotalSeconds,
                "s",
                "From the start until this was written down; metrics.json, the last file, has the whole."
            ),
            .. clock.Stages.Select(stage => new MetricRow(
                $"seconds_{stage.Key}",
                $"time to {stage.Stage}",
                stage.Seconds,
                "s",
                "Wall time of the stage."
            )),
        ];
    }

    private static IEnumerable<MetricRow> UncertaintyRows(ObjectUncertainty? uncertainty) =>
        uncertainty is null
            ? []
            :
            [
                new(
                    "phase_uncertainty_rad",
                    "uncertainty of the phase, rms",
                    uncertainty.MeanPhaseRadians,
                    "rad",
                    "Root mean square distance of the replicas' phase from the object's, where it is bright."
                ),
                new(
                    "amplitude_uncertainty",
                    "uncertainty of the amplitude, rms",
                    uncertainty.MeanAmplitude,
                    "",
                    "The same of the amplitude, as a share of it."
                ),
                InVoxels(
                    "fsc_resolution_half_voxels",
                    "resolution in voxels, FSC at 0.5",
                    uncertainty.ShellCorrelation,
                    FourierShellCorrelation.Level,
                    "Full period at which the Fourier shell correlation of the object with its replicas falls to 0.5; 2 is the sampling's limit."
                ),
                new(
                    "uncertainty_widening",
                    "widening of the uncertainty",
                    uncertainty.Widening,
                    "",
                    "Factor in all uncertainties: the error of the far field over the replicas', as the free voxels tell it, at least 1; absent without them."
                ),
                new(
                    "replicas",
                    "replicas",
                    uncertainty.Replicas,
                    "",
                    "The method again, on photons that the object itself would give."
                ),
            ];

    private static IEnumerable<MetricRow> NetworkRows(NetworkJudgement? network) =>
        network is null
            ? []
            :
            [
                new(
                    "network_spread",
                    "spread of the network",
                    network.Spread,
                    "",
                    $"Mean real-space error between predictions of the mirrored pattern; above {TrustLimits.Spread} the network is in doubt."
                ),
                new(
                    "network_chi",
                    "chi of the prediction",
                    network.Chi,
                    "",
                    $"Of the network's object on its own grid of 32^3; above {TrustLimits.Chi} and {TrustLimits.ChiOverNoise} times what photon noise leaves, the network is in doubt."
                ),
            ];

    private static MetricRow InVoxels(string key, string name, ShellCurve? curve, double level, string meaning) =>
        MetricRow.Resolution(key, name, curve, level, voxel: 1, "voxels", meaning);

    private static long CountVoxels(Tensor support)
    {
        using Tensor sum = support.sum();
        return sum.item<long>();
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static IEnumerable<MetricRow> Axes(
        string key,
        string name,
        IEnumerable<double> values,
        string unit,
        string meaning
    ) =>
        values.Zip(
            ["z", "y", "x"],
            (value, axis) => new MetricRow($"{key}{axis}", $"{name} along {axis}", value, unit, meaning)
        );
}
