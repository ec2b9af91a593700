using Fringe.Core.Values;

namespace Fringe.Formats.Beamlines;

/// <summary>What is said beside the motors, on the command line or in a file; null leaves it to others.</summary>
public sealed record GeometryOverrides
{
    public double? EnergyElectronvolts { get; init; }

    public double? DistanceMetres { get; init; }

    public double? PixelMicrometres { get; init; }

    /// <summary>The pixel of the direct beam with the detector's motors at 0.</summary>
    public PixelPlace? DirectBeam { get; init; }
}
