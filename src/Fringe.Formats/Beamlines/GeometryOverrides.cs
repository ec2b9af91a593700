using Fringe.Core.Values;

namespace Fringe.Formats.Beamlines;

/// <summary>What the command line says in place of a scan's record; null leaves it to the record.</summary>
public sealed record GeometryOverrides
{
    public double? EnergyElectronvolts { get; init; }

    public double? DistanceMetres { get; init; }

    public double? PixelMicrometres { get; init; }

    /// <summary>The pixel of the direct beam with the detector's motors at 0.</summary>
    public PixelPlace? DirectBeam { get; init; }

    /// <summary>Points of the scan that count, from the first: those after them need not step evenly. null = all.</summary>
    public int? Frames { get; init; }
}
