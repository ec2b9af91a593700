namespace Fringe.Core.Volumes;

/// <summary>
/// One simulated crystal as fields in real space, from which every diffraction pattern of it can be computed: how much
/// material is where, and how far it has moved from the ideal lattice. In the crystal's own frame (axes along the cube
/// edges), at the deformed positions.
/// </summary>
public sealed class CrystalFields
{
    /// <param name="density">float32 <c>[z, y, x]</c> of <c>size^3</c>, 1 inside a perfect crystal; not copied.</param>
    /// <param name="displacement">float32 <c>[component, z, y, x]</c>, lattice units, components along x, y, z (the order of
    /// Miller indices), without the mean gradient; 0 where the density is; not copied.</param>
    /// <param name="size">Voxels along an edge.</param>
    /// <param name="voxelLatticeUnits">Edge of a voxel over the lattice constant.</param>
    /// <param name="meanGradient">3 x 3, row-major: component i of the displacement along axis j (x, y, z).</param>
    /// <exception cref="ArgumentException">The numbers of values do not belong together.</exception>
    public CrystalFields(
        float[] density,
        float[] displacement,
        int size,
        double voxelLatticeUnits,
        IReadOnlyList<double> meanGradient
    )
    {
        long voxels = (long)size * size * size;
        if (density.LongLength != voxels || displacement.LongLength != 3 * voxels || meanGradient.Count != 9)
        {
            throw new ArgumentException(
                $"{density.LongLength} and {displacement.LongLength} values and {meanGradient.Count} gradients do not fit {size}^3 voxels"
            );
        }

        Density = density;
        Displacement = displacement;
        Size = size;
        VoxelLatticeUnits = voxelLatticeUnits;
        MeanGradient = meanGradient;
    }

    /// <summary>float32 <c>[z, y, x]</c>, centred (the crystal's centre of mass at index N/2).</summary>
    public float[] Density { get; }

    /// <summary>float32 <c>[component, z, y, x]</c>, lattice units, components along x, y, z; the mean gradient is not in it.</summary>
    public float[] Displacement { get; }

    /// <summary>Voxels along each edge.</summary>
    public int Size { get; }

    /// <summary>Edge of a voxel, lattice constants.</summary>
    public double VoxelLatticeUnits { get; }

    /// <summary>
    /// The homogeneous part of the deformation, <c>du_i/dx_j</c> as element <c>3 i + j</c> (x, y, z). It moves the Bragg peak
    /// and nothing else, so the field is kept without it.
    /// </summary>
    public IReadOnlyList<double> MeanGradient { get; }

    /// <summary>
    /// Standard deviation of the Gaussian that the fields are blurred with, lattice constants: it keeps the lattice itself out
    /// of them.
    /// </summary>
    public double BlurLatticeUnits { get; init; }
}
