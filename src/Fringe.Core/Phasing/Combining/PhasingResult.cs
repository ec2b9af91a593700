using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>What several starts agreed on, and how well. Owns its tensors.</summary>
public sealed record PhasingResult : IDisposable
{
    /// <summary>complex64 <c>[z, y, x]</c>, centred, in the pattern's frame: mean of the kept starts, aligned to the
    /// best and made consistent with the pattern by error reduction; the best start where only one was kept.</summary>
    public required Tensor Object { get; init; }

    /// <summary>bool <c>[z, y, x]</c>: where most kept starts have their support.</summary>
    public required Tensor Support { get; init; }

    /// <summary>The free voxels, bool <c>[z, y, x]</c>, centred.</summary>
    public required Tensor Held { get; init; }

    /// <summary>The object in canonical form.</summary>
    public required CanonicalForm Canonical { get; init; }

    /// <summary>chi of <see cref="Object"/> over all measured voxels.</summary>
    public required double Chi { get; init; }

    /// <summary>The scale c between <see cref="Object"/>'s far field and the measured amplitudes.</summary>
    public required double Scale { get; init; }

    /// <summary>Standard deviations of the blur of the intensity along z, y, x, voxels, as the best start fitted it; null = fully coherent.</summary>
    public required IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>Free log-likelihood of the best start, before it was given the free voxels; NaN without any.</summary>
    public required double FreeLogLikelihood { get; init; }

    /// <summary>
    /// <see cref="FreeLogLikelihood"/> over what photon noise alone would leave if the object were the true one; NaN without free voxels.
    /// </summary>
    public required double NoiseRatio { get; init; }

    /// <summary>Whether that ratio is so low, in a pattern of enough photons, that no wrong object was seen to reach it.</summary>
    public required bool ReachesNoise { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<StartSummary> Starts { get; init; }

    /// <summary>null when fewer than two starts were kept.</summary>
    public required ShellCurve? Prtf { get; init; }

    /// <summary>The intensity that the object gives, as the detector sees it: float32 <c>[z, y, x]</c>, centred, photons; belongs to the caller.</summary>
    public Tensor Modelled()
    {
        using var scope = NewDisposeScope();
        Tensor amplitude = ForwardModel.Propagate(Object).abs().Times(Scale);
        return PartialCoherence.Blur(amplitude.Squared(), CoherenceWidths).MoveToOuterDisposeScope();
    }

    /// <summary>The share of the object's photons that fall where nothing was measured.</summary>
    /// <param name="mask">Of the pattern; borrowed.</param>
    public double HiddenFraction(Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor photons = Modelled();
        double hidden = (photons * mask).sum(ScalarType.Float64).item<double>();
        return hidden / Math.Max(photons.sum(ScalarType.Float64).item<double>(), 1e-30);
    }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
        Held.Dispose();
        Canonical.Dispose();
    }
}

/// <summary>One start's outcome.</summary>
/// <param name="Start">Counted from 1, in the order they ran.</param>
/// <param name="Chi">chi over all measured voxels.</param>
/// <param name="FreeLogLikelihood">By which starts are ranked; NaN without free voxels (then chi ranks).</param>
/// <param name="SupportVoxels">Size of its support.</param>
/// <param name="Agreement">Complex correlation with the best start.</param>
/// <param name="IsKept">Whether it agrees with the best, and entered their mean.</param>
/// <param name="ChiHistory">chi of each iteration over constrained voxels.</param>
/// <param name="Stop">Why it ended.</param>
public sealed record StartSummary(
    int Start,
    double Chi,
    double FreeLogLikelihood,
    long SupportVoxels,
    double Agreement,
    bool IsKept,
    IReadOnlyList<double> ChiHistory,
    StopReason Stop
);
