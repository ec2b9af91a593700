using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Cxi;

/// <summary>A phased object's geometry and what became of it on cubic voxels, as it goes into a CXI file.</summary>
public sealed record CxiCrystal
{
    /// <summary>Name of the beamline's definition.</summary>
    public required string Beamline { get; init; }

    /// <summary>Columns are the steps of q along z, y, x of the pattern, nm^-1, laboratory frame.</summary>
    public required Matrix3 ReciprocalSteps { get; init; }

    /// <summary>Columns are the edges of the phased object's voxel along z, y, x, nm, laboratory frame.</summary>
    public required Matrix3 DirectSteps { get; init; }

    /// <summary>Of the peak, nm^-1, laboratory frame.</summary>
    public required Vector3D ScatteringVector { get; init; }

    /// <summary>Of the cubic voxels: "laboratory" or "crystal".</summary>
    public required string Frame { get; init; }

    /// <summary>Takes a vector of the laboratory frame to that frame.</summary>
    public required Matrix3 FromLaboratory { get; init; }

    /// <summary>Edge of the cubic voxels.</summary>
    public required double VoxelNanometres { get; init; }

    /// <summary>complex64 <c>[z, y, x]</c> on cubic voxels.</summary>
    public required ComplexVolume Image { get; init; }

    /// <summary>Same shape, C order: where the object may be.</summary>
    public required bool[] Support { get; init; }

    /// <summary>Same shape, C order: the crystal, where the support is bright.</summary>
    public required bool[] Inside { get; init; }

    /// <summary>Same shape; NaN outside the crystal.</summary>
    public required RealVolume DisplacementNanometres { get; init; }

    /// <summary>Same shape; NaN outside the crystal and where it has none.</summary>
    public required RealVolume Strain { get; init; }

    /// <summary>Same shape; null where it is not known.</summary>
    public CxiUncertainty? Uncertainty { get; init; }
}
