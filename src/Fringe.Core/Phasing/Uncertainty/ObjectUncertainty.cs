using Fringe.Core.Metrics;
using Fringe.Core.Volumes;

namespace Fringe.Core.Phasing.Uncertainty;

/// <summary>
/// Standard uncertainty of an object, voxel by voxel: the root mean square distance of replicas from it
/// (<see cref="PhotonBootstrap"/>), widened. docs/results/uncertainty.md compares it with true errors.
/// </summary>
public sealed record ObjectUncertainty
{
    /// <summary>The root mean square of phases of which nothing is known, radians.</summary>
    public static double AnyPhase { get; } = Math.PI / Math.Sqrt(3);

    /// <summary>How many replicas it was taken from.</summary>
    public required int Replicas { get; init; }

    /// <summary>
    /// The factor in it: the error of the object's far field over that of its replicas, as the free voxels tell it of both (the root of the
    /// ratio of their misfits beyond photon noise), at least 1. Replicas of a smooth object show less of what a method smooths away, and
    /// nothing of what the model lacks. null, and not in it, where there are no free voxels to tell.
    /// </summary>
    public required double? Widening { get; init; }

    /// <summary>float32 <c>[z, y, x]</c>, of the object's unit.</summary>
    public required RealVolume Amplitude { get; init; }

    /// <summary>float32 <c>[z, y, x]</c>, radians, at most <see cref="AnyPhase"/>; NaN outside the support.</summary>
    public required RealVolume PhaseRadians { get; init; }

    /// <summary>Of the object with the replicas, whose distance from it is widened.</summary>
    public required ShellCurve ShellCorrelation { get; init; }

    /// <summary>Root mean square over the support of the amplitude's, as a share of the root mean square amplitude.</summary>
    public required double MeanAmplitude { get; init; }

    /// <summary>Root mean square over the support of the phase's, weighted by the squared amplitude; radians.</summary>
    public required double MeanPhaseRadians { get; init; }
}
