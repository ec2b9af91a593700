using Fringe.Core.Tensors;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>What a detector counts beside the crystal's pattern.</summary>
internal abstract class StraySignal
{
    /// <summary>The photons expected of it in each voxel.</summary>
    /// <param name="size">Voxels of the detector's cube along each edge.</param>
    /// <returns>float64 <c>[rocking, row, column]</c>, not negative; belongs to the caller.</returns>
    public abstract Tensor Expect(int size);

    /// <summary>A volume filled by a function of the place.</summary>
    /// <param name="size">Voxels along each edge.</param>
    /// <param name="at">Of x, y, z from the middle, voxels.</param>
    private protected static Tensor Fill(int size, Func<Vector3D, double> at)
    {
        using var scope = NewDisposeScope();
        int half = size / 2;
        double[] values = new double[size * size * size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = at(new Vector3D((i % size) - half, (i / size % size) - half, (i / size / size) - half));
        }

        return tensor(values, dtype: ScalarType.Float64).reshape(size, size, size).MoveToOuterDisposeScope();
    }

    /// <summary>A volume scaled to a sum.</summary>
    /// <param name="volume">float64, borrowed.</param>
    /// <param name="photons">The sum.</param>
    private protected static Tensor Scaled(Tensor volume, double photons)
    {
        using Tensor total = volume.sum();
        return volume.Times(photons / total.item<double>());
    }
}
