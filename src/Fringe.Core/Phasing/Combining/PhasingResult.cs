using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>What several starts agreed on, and how well. Owns its tensors.</summary>
public sealed record PhasingResult : IDisposable
{
    /// <summary>complex64 <c>[z, y, x]</c>, centred, in the pattern's frame: mean of the kept starts, aligned to the
    /// best and made consistent with the pattern again; the best start where only one was kept.</summary>
    public required Tensor Object { get; init; }

    /// <summary>bool <c>[z, y, x]</c>: where most kept starts have their support.</summary>
    public required Tensor Support { get; init; }

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

    /// <summary>
    /// Mean Poisson misfit of all measured voxels in which the best start's object predicts more than one photon, over what photon noise alone
    /// would leave if it were the true one; NaN where it predicts so many nowhere.
    /// </summary>
    public required double MisfitRatio { get; init; }

    /// <summary>Whether both ratios are so low, in a pattern of enough photons, that no wrong object was seen to reach them.</summary>
    public required bool ReachesNoise { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<StartOutcome> Starts { get; init; }

    /// <summary>null when fewer than two starts of different origins were kept.</summary>
    public required ShellCurve? Prtf { get; init; }

    /// <summary>The intensity that the object gives, as the detector sees it: float32 <c>[z, y, x]</c>, centred, photons; belongs to the caller.</summary>
    public Tensor Modelled()
    {
        using var scope = NewDisposeScope();
        Tensor amplitude = ForwardModel.Propagate(Object).abs().Times(Scale);
        return PartialCoherence.Blur(amplitude.Squared(), CoherenceWidths).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
        Canonical.Dispose();
    }
}
