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
    private readonly Func<Tensor, double, Tensor> transform;

    private BeamCoherence(Axes3<double> widths, Func<Tensor, double, Tensor> transform)
    {
        this.widths = widths;
        this.transform = transform;
    }

    /// <summary>Smears by a Gaussian along each axis.</summary>
    /// <param name="deviations">Standard deviations along z, y, x, voxels of the pattern.</param>
    public static BeamCoherence Gaussian(Axes3<double> deviations) =>
        new(deviations, (frequency, sigma) => frequency.Squared().Times(-2 * Math.PI * Math.PI * sigma * sigma).exp());

    /// <summary>Smears by a Lorentzian along each axis.</summary>
    /// <param name="halfWidths">Half widths at half the height along z, y, x, voxels of the pattern.</param>
    public static BeamCoherence Lorentzian(Axes3<double> halfWidths) =>
        new(halfWidths, (frequency, width) => frequency.abs().Times(-2 * Math.PI * width).exp());

    /// <summary>Smears an intensity; what leaves it at one edge comes in at the other.</summary>
    /// <param name="intensity">float64 <c>[z, y, x]</c>, borrowed.</param>
    /// <returns>float64 of its shape, not negative; belongs to the caller.</returns>
    public Tensor Blur(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        Tensor autocorrelation = fft.ifftn(intensity);
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = intensity.shape[axis];
            Tensor frequency = fft.fftfreq(intensity.shape[axis], dtype: intensity.dtype);
            autocorrelation = autocorrelation * transform(frequency, widths[axis]).reshape(along);
        }

        return fft.fftn(autocorrelation).real.AtLeast(0).MoveToOuterDisposeScope();
    }
}
