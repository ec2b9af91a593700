using Fringe.Core.Geometry;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Cxi;

/// <summary>A prepared pattern, its geometry and where it came from, as they go into a CXI file.</summary>
/// <param name="Intensity">Photons, float32 <c>[rocking, row, column]</c>, the peak at index N/2; 0 where masked.</param>
/// <param name="Mask">bool, C order, same shape: true = not measured.</param>
/// <param name="FirstVoxel">Place of the first voxel on the (binned) detector and in the rocking curve: rocking, row, column.</param>
/// <param name="Program">That prepared it: "fringe".</param>
/// <param name="Version">Its version.</param>
/// <param name="Date">When.</param>
public sealed record CxiPattern(
    RealVolume Intensity,
    bool[] Mask,
    IReadOnlyList<int> FirstVoxel,
    string Program,
    string Version,
    DateTimeOffset Date
)
{
    /// <summary>Title for viewers.</summary>
    public string Title { get; init; } = "Prepared Bragg coherent diffraction pattern";

    /// <summary>The command line that was run; empty where none was.</summary>
    public string Command { get; init; } = "";

    /// <summary>What it was made from and how, written to <c>process_1/configuration</c>.</summary>
    public IReadOnlyList<CxiValue> Configuration { get; init; } = [];

    /// <summary>Photon energy in eV (written in joules), null where unknown; that of the geometry where there is one.</summary>
    public double? EnergyElectronvolts { get; init; }

    /// <summary>Name of the beamline; null where unknown.</summary>
    public string? Beamline { get; init; }

    /// <summary>Name of the detector; null where unknown.</summary>
    public string? Detector { get; init; }

    /// <summary>That of the pattern, not of the stack that it was cut out of; null where unknown.</summary>
    public BraggGeometry? Geometry { get; init; }
}
