using Fringe.Core.Volumes;

namespace Fringe.Formats.Cxi;

/// <summary>Standard uncertainty of an image, voxel by voxel, as it goes into a CXI file: float32 <c>[z, y, x]</c> of the image's shape.</summary>
public sealed record CxiUncertainty
{
    /// <summary>Of the image's unit.</summary>
    public required RealVolume Amplitude { get; init; }

    /// <summary>Radians; NaN where the phase means nothing.</summary>
    public required RealVolume PhaseRadians { get; init; }

    /// <summary>nm, NaN outside the crystal; null for an image that has no displacement.</summary>
    public RealVolume? DisplacementNanometres { get; init; }

    /// <summary>NaN outside the crystal; null for an image that has no strain.</summary>
    public RealVolume? Strain { get; init; }
}
