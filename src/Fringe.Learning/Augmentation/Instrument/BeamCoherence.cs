using Fringe.Core.Tensors;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>
/// A beam that is coherent over less than the crystal: the intensity is that of full coherence, smeared. Its transform, the crystal's
/// autocorrelation, is multiplied by the transform of what smears it.
/// </summary>
internal sealed class BeamCoherence
{
    private readonly Axes3<double> widths;
    private readonly Func<Tensor, Tensor> transform;

    private BeamCoherence(Axes3<double> widths, Func<Tensor, Tensor> transform)
    {
        this.widths = widths;
        this.transform = transform;
    }

    /// <summary>Smears by a Gaussian along each axis.</summary>
    /// <param name="deviations">Standard deviations along z, y, x, voxels of the pattern.</param>
    public static BeamCoherence Gaussian(Axes3<double> deviations) =>
        new(deviations, square => square.Times(-2 * Math.PI * Math.PI).exp());

    /// <summary>Smears by a Lorentzian of three dimensions: summed over two of its axes, it is one along the third.</summary>
    /// <param name="halfWidths">Half widths at half the height of those along z, y, x, voxels of the pattern.</param>
    public static BeamCoherence Lorentzian(Axes3<double> halfWidths) =>
        new(halfWidths, square => square.sqrt().Times(-2 * Math.PI).exp());

    /// <summary>Smears an intensity; what leaves it at one edge comes in at the other.</summary>
    /// <param name="intensity">float64 <c>[z, y, x]</c>, borrowed.</param>
    /// <returns>float64 of its shape, not negative; belongs to the caller.</returns>
    public Tensor Blur(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        Tensor square = zeros([1, 1, 1], intensity.dtype);
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = intensity.shape[axis];
            Tensor frequency = fft.fftfreq(intensity.shape[axis], dtype: intensity.dtype);
            square = square.Plus(frequency.Times(widths[axis]).Squared().reshape(along));
        }

        Tensor autocorrelation = fft.ifftn(intensity) * transform(square);
        return fft.fftn(autocorrelation).real.AtLeast(0).MoveToOuterDisposeScope();
    }
}
