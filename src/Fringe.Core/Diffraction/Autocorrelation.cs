using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// The object's autocorrelation, the inverse transform of the intensity: known before any phase is. Its extent is twice
/// the object's.
/// </summary>
public sealed class Autocorrelation
{
    private readonly RealVolume modulus;

    private Autocorrelation(RealVolume modulus)
    {
        this.modulus = modulus;
    }

    /// <summary>Transforms a pattern; voxels that were not measured count as 0 photons.</summary>
    /// <param name="pattern">Borrowed.</param>
    public static Autocorrelation Of(DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        Tensor real = fft.ifftn(ForwardModel.ToFftOrder(pattern.Intensity));
        Tensor modulus = ForwardModel.ToCentred(real).abs();
        return new Autocorrelation(modulus.ToRealVolume());
    }

    /// <summary>
    /// The voxels above a level that are connected (through faces) with the centre.
    /// </summary>
    /// <param name="threshold">Fraction of the maximum, which stands at the centre.</param>
    /// <returns>C order <c>[z, y, x]</c>, centred.</returns>
    public bool[] CentralComponent(double threshold)
    {
        (int depth, int height, int width) = (modulus.Depth, modulus.Height, modulus.Width);
        float[] values = modulus.Values;
        int centre = (((depth / 2 * height) + (height / 2)) * width) + (width / 2);
        float level = (float)(threshold * values[centre]);
        bool[] inside = new bool[values.Length];
        inside[centre] = true;
        Stack<int> open = new([centre]);
        while (open.TryPop(out int index))
        {
            int x = index % width;
            int y = index / width % height;
            int z = index / (width * height);
            Visit(x > 0, index - 1);
            Visit(x < width - 1, index + 1);
            Visit(y > 0, index - width);
            Visit(y < height - 1, index + width);
            Visit(z > 0, index - (width * height));
            Visit(z < depth - 1, index + (width * height));
        }

        return inside;

        void Visit(bool exists, int index)
        {
            if (exists && !inside[index] && values[index] >= level)
            {
                inside[index] = true;
                open.Push(index);
            }
        }
    }

    /// <summary>
    /// How finely the pattern is sampled along each axis: the axis' length over the object's extent, which is half that of
    /// the central component. Under 2 the autocorrelation wraps around and phasing is not unique.
    /// </summary>
    /// <param name="threshold">Fraction of the maximum at which the extent is taken.</param>
    /// <returns>Ratios along <c>z, y, x</c>.</returns>
    public double[] OversamplingRatio(double threshold = 0.02)
    {
        int[] shape = [modulus.Depth, modulus.Height, modulus.Width];
        VoxelExtent extent = VoxelExtent.Of(CentralComponent(threshold), shape);
        return [.. Enumerable.Range(0, 3).Select(axis => 2.0 * shape[axis] / extent.Length(axis))];
    }
}
