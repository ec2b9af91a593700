using Fringe.Core.Diffraction;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Core.Strain;

/// <summary>
/// What a crystal's phase says of its lattice, seen along one scattering vector, relative to the crystal's mean lattice. Volumes are
/// float32 <c>[z, y, x]</c> on the object's cubic voxels, NaN outside the crystal.
/// </summary>
public sealed record StrainMap
{
    /// <summary>
    /// <c>u_G = -phi/|G|</c>, nm: how far the lattice planes are moved along G. Unwrapped for the eye: behind a dislocation it has a
    /// seam of one plane spacing. Its amplitude-weighted mean, as a phase, and its mean slope are 0.
    /// </summary>
    public required RealVolume DisplacementNanometres { get; init; }

    /// <summary>
    /// <c>d u_G / d x_G</c>, the relative change of the plane spacing; NaN also at dislocations and where the crystal is one voxel thin.
    /// </summary>
    public required RealVolume Strain { get; init; }

    /// <summary><c>[z, y, x]</c>: the crystal, the part of the support that is bright enough.</summary>
    public required IReadOnlyList<bool> Inside { get; init; }

    /// <summary><c>[z, y, x]</c>: voxels of the crystal that lack one of their six neighbours in it.</summary>
    public required IReadOnlyList<bool> Surface { get; init; }

    /// <summary><c>[z, y, x]</c>: voxels on a loop of four that the phase winds round.</summary>
    public required IReadOnlyList<bool> Dislocated { get; init; }

    /// <summary>How many such voxels there are.</summary>
    public required int DislocatedVoxels { get; init; }

    /// <summary>The mean lattice's scattering vector, nm^-1, in the object's frame: with the object's mean phase slope in it.</summary>
    public required Vector3D ScatteringVector { get; init; }

    /// <summary>Over the crystal.</summary>
    public required FieldStatistics WholeStrain { get; init; }

    /// <summary>Over voxels that lack one of their six neighbours in the crystal.</summary>
    public required FieldStatistics SurfaceStrain { get; init; }

    /// <summary>Over the others.</summary>
    public required FieldStatistics BulkStrain { get; init; }

    /// <summary>Over the crystal, nm.</summary>
    public required FieldStatistics WholeDisplacement { get; init; }

    /// <summary>Mean spacing of the planes, nm.</summary>
    public double DSpacingNanometres => 2 * Math.PI / ScatteringVector.Length;

    /// <summary>The lattice constant that a cubic crystal has for that spacing, nm.</summary>
    public double LatticeConstantNanometres(MillerIndices reflection) =>
        DSpacingNanometres
        * Math.Sqrt((reflection.H * reflection.H) + (reflection.K * reflection.K) + (reflection.L * reflection.L));
}
