using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// The measured voxels that the constraint does not see until a start is judged, so that a result can be judged by data it was not fitted to
/// (Favre-Nicolin et al., Phys. Rev. Res. / arXiv 1904.07056). They lie in 3x3x3 blocks: a single voxel is given away by
/// its neighbours in an oversampled pattern. The brightest part of the peak stays in the constraint.
/// </summary>
internal static class FreeVoxels
{
    private const int Radius = 1;

    /// <param name="pattern">Borrowed.</param>
    /// <param name="fraction">Share of the measured voxels, 0 to 0.5.</param>
    /// <param name="seed">Chooses the blocks.</param>
    /// <returns>bool <c>[z, y, x]</c>, centred, true = held out; belongs to the caller.</returns>
    public static Tensor Choose(DiffractionPattern pattern, double fraction, int seed)
    {
        int[] shape = [.. pattern.Shape.Select(length => (int)length)];
        bool[] mask = pattern.Mask.ToBooleans();
        bool[] held = new bool[mask.Length];
        long wanted = (long)(fraction * mask.LongCount(masked => !masked));
        Random random = new(seed);
        // A block takes up to 27 voxels; the bound on tries ends the search where nearly everything is masked.
        for (long chosen = 0, tries = 0; chosen < wanted && tries < wanted; tries++)
        {
            int[] centre = [random.Next(shape[0]), random.Next(shape[1]), random.Next(shape[2])];
            if (!IsInPeak(centre, shape))
            {
                chosen += Hold(centre, shape, mask, held);
            }
        }

        return tensor(held, [shape[0], shape[1], shape[2]], dtype: ScalarType.Bool);
    }

    // Within a sixteenth of each axis' length from the centre: without its peak a pattern cannot be scaled.
    private static bool IsInPeak(int[] centre, int[] shape) =>
        Enumerable.Range(0, 3).All(axis => Math.Abs(centre[axis] - (shape[axis] / 2)) <= (shape[axis] / 16) + Radius);

    private static int Hold(int[] centre, int[] shape, bool[] mask, bool[] held)
    {
        int chosen = 0;
        for (int z = Math.Max(0, centre[0] - Radius); z <= Math.Min(shape[0] - 1, centre[0] + Radius); z++)
        {
            for (int y = Math.Max(0, centre[1] - Radius); y <= Math.Min(shape[1] - 1, centre[1] + Radius); y++)
            {
                for (int x = Math.Max(0, centre[2] - Radius); x <= Math.Min(shape[2] - 1, centre[2] + Radius); x++)
                {
                    int index = (((z * shape[1]) + y) * shape[2]) + x;
                    if (!mask[index] && !held[index])
                    {
                        held[index] = true;
                        chosen++;
                    }
                }
            }
        }

        return chosen;
    }
}
