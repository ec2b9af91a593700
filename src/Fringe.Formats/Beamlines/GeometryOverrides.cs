using Fringe.Core.Geometry;

namespace Fringe.Formats;

/// <summary>What the user knows better than the files; null leaves it to them.</summary>
public sealed record GeometryOverrides
{
    public double? EnergyElectronvolts { get; init; }

    public double? DistanceMetres { get; init; }

    public double? PixelMicrometres { get; init; }

    /// <summary>The pixel of the direct beam with the detector's motors at 0.</summary>
    public PixelPlace? DirectBeam { get; init; }

    /// <summary>What is not known here, from elsewhere.</summary>
    public GeometryOverrides Or(GeometryOverrides other) =>
        new()
        {
            EnergyElectronvolts = EnergyElectronvolts ?? other.EnergyElectronvolts,
            DistanceMetres = DistanceMetres ?? other.DistanceMetres,
            PixelMicrometres = PixelMicrometres ?? other.PixelMicrometres,
            DirectBeam = DirectBeam ?? other.DirectBeam,
        };
}
