using Fringe.Core.Volumes;

namespace Fringe.Core.Strain;

/// <summary>
/// Standard uncertainty of a <see cref="StrainMap"/>: the root mean square distance of replicas of the crystal from it, mean phase and mean
/// slope of each taken away. Volumes are float32 <c>[z, y, x]</c> on the crystal's cubic voxels, NaN where the map's are.
/// </summary>
public sealed record StrainUncertainty
{
    /// <summary>Of the crystal's unit.</summary>
    public required RealVolume Amplitude { get; init; }

    /// <summary>Radians.</summary>
    public required RealVolume PhaseRadians { get; init; }

    /// <summary>nm.</summary>
    public required RealVolume DisplacementNanometres { get; init; }

    public required RealVolume Strain { get; init; }

    /// <summary>Over the crystal, nm.</summary>
    public required FieldStatistics WholeDisplacement { get; init; }

    /// <summary>Over voxels that lack one of their six neighbours in the crystal.</summary>
    public required FieldStatistics SurfaceStrain { get; init; }

    /// <summary>Over the others.</summary>
    public required FieldStatistics BulkStrain { get; init; }
}
