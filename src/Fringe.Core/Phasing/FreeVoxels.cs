using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// The measured voxels that the constraint does not see until a start is judged, so that a result can be judged by data it was not fitted to
/// (Favre-Nicolin et al., Phys. Rev. Res. / arXiv 1904.07056). They lie in 3x3x3 blocks: a single voxel is given away by
/// its neighbours in an oversampled pattern. A block is chosen by its place on the detector and in the rocking curve
/// (<see cref="DiffractionPattern.Origin"/>), so that the voxels of a crop that moves stay what they were. The brightest part of the peak stays
/// in the constraint, and so does what was the brightest part in a pattern before.
/// </summary>
/// <param name="fraction">Share of the measured voxels, 0 to 0.5.</param>
/// <param name="seed">Chooses the blocks.</param>
public sealed class FreeVoxels(double fraction, int seed)
{
    private const int Edge = 3;

    // First and last place along each axis of what was fitted once.
    private readonly List<(int[] First, int[] Last)> peaks = [];

    /// <summary>Those of one pattern.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="fraction">Share of the measured voxels, 0 to 0.5.</param>
    /// <param name="seed">Chooses the blocks.</param>
    /// <returns>bool <c>[z, y, x]</c>, centred, true = kept out of the fit; belongs to the caller.</returns>
    public static Tensor Choose(DiffractionPattern pattern, double fraction, int seed) =>
        new FreeVoxels(fraction, seed).Choose(pattern);

    /// <summary>Those of a pattern, which may be another part of a measurement that grows.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <returns>bool <c>[z, y, x]</c>, centred, true = kept out of the fit; belongs to the caller.</returns>
    public Tensor Choose(DiffractionPattern pattern)
    {
        int[] shape = [.. pattern.Shape.Select(length => (int)length)];
        int[] origin = [.. pattern.Origin];
        peaks.Add(PeakOf(shape, origin));
        bool[] mask = pattern.Mask.ToBooleans();
        bool[] free = new bool[mask.Length];
        for (int z = 0, i = 0; z < shape[0]; z++)
        {
            for (int y = 0; y < shape[1]; y++)
            {
                for (int x = 0; x < shape[2]; x++, i++)
                {
                    free[i] = !mask[i] && IsFree(origin[0] + z, origin[1] + y, origin[2] + x);
                }
            }
        }

        return tensor(free, [shape[0], shape[1], shape[2]], dtype: ScalarType.Bool);
    }

    // Within a sixteenth of each axis' length from the centre: without its peak a pattern cannot be scaled.
    private static (int[] First, int[] Last) PeakOf(int[] shape, int[] origin)
    {
        int[] centre = [.. origin.Zip(shape, (first, length) => first + (length / 2))];
        return (
            [.. centre.Zip(shape, (middle, length) => middle - (length / 16) - 1)],
            [.. centre.Zip(shape, (middle, length) => middle + (length / 16) + 1)]
        );
    }

    private bool IsFree(int z, int y, int x)
    {
        (int blockZ, int blockY, int blockX) = (Block(z), Block(y), Block(x));
        if (Chance(blockZ, blockY, blockX) >= fraction)
        {
            return false;
        }

        // A block is whole in the peak or whole out of it.
        foreach ((int[] first, int[] last) in peaks)
        {
            bool isFitted =
                blockZ >= Block(first[0])
                && blockZ <= Block(last[0])
                && blockY >= Block(first[1])
                && blockY <= Block(last[1])
                && blockX >= Block(first[2])
                && blockX <= Block(last[2]);
            if (isFitted)
            {
                return false;
            }
        }

        return true;
    }

    private static int Block(int place) => (int)Math.Floor((double)place / Edge);

    // Uniform from 0 to 1 by the block's place alone: the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), once for each number.
    private double Chance(int blockZ, int blockY, int blockX)
    {
        ulong state = Mix((uint)seed);
        state = Mix(state ^ (uint)blockZ);
        state = Mix(state ^ (uint)blockY);
        state = Mix(state ^ (uint)blockX);
        return (state >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong value)
    {
        ulong mixed = value + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
