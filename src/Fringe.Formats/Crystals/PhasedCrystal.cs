namespace Fringe.Formats.Crystals;

/// <summary>A crystal that was phased from a measurement, on a small grid, with where it came from.</summary>
public sealed record PhasedCrystal
{
    /// <summary>Voxels along each edge of the grid.</summary>
    public const int Voxels = 48;

    /// <summary>Voxels of the grid that the crystal spans along each axis.</summary>
    public const int Span = 32;

    /// <summary>The reconstruction's file, as it was given.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the measured stack, hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>chi of the reconstruction.</summary>
    public required double Chi { get; init; }

    /// <summary>Version of Fringe that phased it.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Learnt from, or held out to validate with.</summary>
    public required CrystalSplit Split { get; init; }

    /// <summary>Voxels of the reconstruction that a voxel of the grid stands for, along z, y, x.</summary>
    public required IReadOnlyList<double> Step { get; init; }

    /// <summary>
    /// complex64 <c>[z, y, x]</c> as pairs, <see cref="Voxels"/> along each edge, the crystal's box centred; |psi| about 1 inside, 0
    /// outside the support.
    /// </summary>
    public required float[] Interleaved { get; init; }
}
