using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// Down-sampling as 3D-CDI-NN does it (Chan et al., Appl. Phys. Rev. 8, 021407 (2021)): along each axis a block of n voxels is transformed
/// by an orthonormal type-II DCT, its lowest m coefficients are kept and transformed back to m voxels. Scaled by sqrt(m/n), so that a
/// constant stays that constant: the result holds means of counts, not sums (times the ratio of the voxels' volumes it has the sums).
/// Nothing is aliased within a block; a sharp peak rings and may leave small negative values, which the seed's program sets to 0.
/// The grids share their faces: voxel i stands at (i + 1/2)/N of the axis, so what stood at index N/2 stands (1 - M/N)/2 voxels of the
/// result before its index M/2.
/// </summary>
public static class BlockDct
{
    /// <summary>Resamples a volume to fewer voxels, in any ratio.</summary>
    /// <param name="volume">float32 <c>[z, y, x]</c>, an intensity with nothing masked; borrowed.</param>
    /// <param name="shape">Voxels of the result along z, y, x; at most the volume's.</param>
    /// <param name="leastBlock">Voxels of the result in a block, at least; 1 = plain means where the ratio is whole, the seed has 8. See
    /// <see cref="BlockOf"/>.</param>
    /// <returns>float32 of that shape; belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The shapes do not go together, or the block is less than 1.</exception>
    public static Tensor Reduce(Tensor volume, IReadOnlyList<int> shape, int leastBlock)
    {
        long[] lengths = volume.shape;
        bool fits =
            lengths.Length == 3
            && shape.Count == 3
            && leastBlock >= 1
            && shape.Zip(lengths).All(axis => axis.First >= 1 && axis.First <= axis.Second);
        if (!fits || volume.dtype != ScalarType.Float32)
        {
            throw new ArgumentException(
                $"a {volume.dtype} volume of {string.Join(" x ", lengths)} has no {string.Join(" x ", shape)} in blocks of {leastBlock}"
            );
        }

        using var scope = NewDisposeScope();
        Tensor values = volume;
        for (int axis = 0; axis < 3; axis++)
        {
            int block = BlockOf((int)lengths[axis], shape[axis], leastBlock);
            values = values.Along(axis, Matrix((int)lengths[axis], shape[axis], block));
        }

        return values.contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Voxels of the result in a block: the fewest, and at least as many as wanted, that stand for whole voxels of the volume and divide
    /// the axis. In the end the whole axis is one block.
    /// </summary>
    /// <param name="length">Voxels of the volume along an axis.</param>
    /// <param name="size">Voxels of the result.</param>
    /// <param name="least">Wanted.</param>
    public static int BlockOf(int length, int size, int least) =>
        Enumerable
            .Range(1, size)
            .First(block => block >= Math.Min(least, size) && size % block == 0 && (long)length * block % size == 0);

    // float32 [size, length], one block after the other along its diagonal.
    private static Tensor Matrix(int length, int size, int block)
    {
        int voxels = (int)((long)length * block / size);
        float[] values = new float[size * length];
        for (int row = 0; row < size; row++)
        {
            int first = row / block * voxels;
            double to = Math.PI * ((row % block) + 0.5) / block;
            for (int i = 0; i < voxels; i++)
            {
                double from = Math.PI * (i + 0.5) / voxels;
                double sum = 1;
                for (int k = 1; k < block; k++)
                {
                    sum += 2 * Math.Cos(k * to) * Math.Cos(k * from);
                }

                values[(row * length) + first + i] = (float)(sum / voxels);
            }
        }

        return tensor(values).reshape(size, length);
    }
}
