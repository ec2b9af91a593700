using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Imaging.Trust;

/// <summary>How well an object explains its pattern, in numbers.</summary>
public sealed record PatternFit
{
    /// <summary>chi over all measured voxels.</summary>
    public required double Chi { get; init; }

    /// <summary>Mean Poisson misfit of the free voxels, to which the object was not fitted when they judged; NaN without any.</summary>
    public required double FreeLogLikelihood { get; init; }

    /// <summary>That over what photon noise alone would leave if the object were the true one; NaN without free voxels.</summary>
    public required double NoiseRatio { get; init; }

    /// <summary>
    /// Mean Poisson misfit of all measured voxels in which the object predicts more than one photon, over what photon noise alone would leave if
    /// it were the true one; NaN where it predicts so many nowhere.
    /// </summary>
    public required double MisfitRatio { get; init; }

    /// <summary>Whether both ratios are so low, in a pattern of enough photons, that no wrong object was seen to reach them.</summary>
    public required bool ReachesNoise { get; init; }

    /// <summary>The chi that photon noise alone leaves of a perfect object.</summary>
    public required double NoiseChi { get; init; }

    /// <summary>The share of the object's photons that fall where nothing was measured.</summary>
    public required double HiddenFraction { get; init; }

    /// <summary>Voxels inside the support.</summary>
    public required long SupportVoxels { get; init; }

    /// <summary>Length of the pattern over that of the object along z, y, x.</summary>
    public required IReadOnlyList<double> OversamplingRatio { get; init; }

    /// <summary>Measured voxels over those of the object: the volume's oversampling ratio (Miao, Sayre and Chapman, J. Opt. Soc. Am. A 15, 1662 (1998)).</summary>
    public required double VolumeOversampling { get; init; }

    /// <summary>Standard deviations of the blur of the intensity along z, y, x, voxels; null = fully coherent.</summary>
    public required IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>Phase retrieval transfer function of the kept starts, the best of each origin; null when they are of fewer than two origins.</summary>
    public required ShellCurve? Prtf { get; init; }

    /// <summary>
    /// What the beam's lack of coherence leaves of the interference between the crystal's opposite ends: the window of the autocorrelation at the object's length,
    /// 0 to 1, the geometric mean of the three axes.
    /// </summary>
    public double EndToEndCoherence =>
        Math.Exp(
            (CoherenceWidths ?? [])
                .Zip(OversamplingRatio, (width, ratio) => -2 * Math.PI * Math.PI * width * width / (ratio * ratio))
                .DefaultIfEmpty(0)
                .Average()
        );

    /// <param name="fit">Of an object.</param>
    /// <param name="problem">That it explains; borrowed.</param>
    /// <param name="support">bool or float32, not 0 inside; borrowed.</param>
    /// <param name="coherenceWidths">Of the blur that was found with it, voxels; null = none.</param>
    internal static PatternFit Of(
        ObjectFit fit,
        PhasingProblem problem,
        Tensor support,
        IReadOnlyList<double>? coherenceWidths
    )
    {
        using Tensor voxels = support.count_nonzero();
        return new PatternFit
        {
            Chi = fit.Chi,
            FreeLogLikelihood = fit.FreeLogLikelihood,
            NoiseRatio = fit.NoiseRatio,
            MisfitRatio = fit.MisfitRatio,
            ReachesNoise = problem.ReachesNoise(fit.NoiseRatio, fit.MisfitRatio),
            NoiseChi = problem.NoiseChi,
            HiddenFraction = fit.HiddenFraction,
            SupportVoxels = voxels.item<long>(),
            OversamplingRatio = RatioOf(support),
            VolumeOversampling = MeasuredOf(problem) / Math.Max(1.0, voxels.item<long>()),
            CoherenceWidths = coherenceWidths,
            Prtf = null,
        };
    }

    /// <param name="found">Borrowed.</param>
    /// <param name="problem">That it explains; borrowed.</param>
    /// <param name="modelled">Its intensity, photons; borrowed.</param>
    internal static PatternFit Of(PhasingResult found, PhasingProblem problem, Tensor modelled)
    {
        using var scope = NewDisposeScope();
        double hidden = (modelled * problem.Pattern.Mask).sum(ScalarType.Float64).item<double>();
        return new PatternFit
        {
            Chi = found.Chi,
            FreeLogLikelihood = found.FreeLogLikelihood,
            NoiseRatio = found.NoiseRatio,
            MisfitRatio = found.MisfitRatio,
            ReachesNoise = found.ReachesNoise,
            NoiseChi = problem.NoiseChi,
            HiddenFraction = hidden / Math.Max(modelled.sum(ScalarType.Float64).item<double>(), 1e-30),
            SupportVoxels = found.Support.sum().item<long>(),
            OversamplingRatio = RatioOf(found.Support),
            VolumeOversampling = MeasuredOf(problem) / Math.Max(1.0, found.Support.sum().item<long>()),
            CoherenceWidths = found.CoherenceWidths,
            Prtf = found.Prtf,
        };
    }

    private static double MeasuredOf(PhasingProblem problem)
    {
        using Tensor masked = problem.Pattern.Mask.count_nonzero();
        return problem.Pattern.Mask.numel() - masked.item<long>();
    }

    private static double[] RatioOf(Tensor support)
    {
        using Tensor inside = support.cpu().to(ScalarType.Bool);
        int[] shape = [.. support.shape.Select(length => (int)length)];
        VoxelExtent extent = VoxelExtent.Of(inside.ToBooleans(), shape);
        return [.. shape.Select((length, axis) => extent.IsEmpty ? double.NaN : (double)length / extent.Length(axis))];
    }
}
