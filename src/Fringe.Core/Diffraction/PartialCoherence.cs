using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// A beam that is not fully coherent (and a detector that smears) blurs the intensity: <c>I = |F|^2 * G</c>, G a Gaussian along each axis
/// (Clark et al., Nat. Commun. 3, 993 (2012)). Differentiable in its widths. Owns its tensor.
/// </summary>
public sealed class PartialCoherence : IDisposable
{
    /// <summary>Where a fit of the widths begins, voxels.</summary>
    public static IReadOnlyList<double> FirstWidths { get; } = [0.5, 0.5, 0.5];

    // Under the root of a blurred intensity, photons: it has no gradient at 0.
    private const double LeastPhotons = 1e-8;
    private const double RateVoxels = 0.04;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.99;
    private readonly double[] first = new double[3];
    private readonly double[] second = new double[3];
    private int steps;

    /// <param name="widths">Standard deviations along z, y, x, voxels of the pattern.</param>
    /// <param name="device">Where to compute.</param>
    public PartialCoherence(IReadOnlyList<double> widths, Device device)
    {
        float[] values = [.. widths.Select(width => (float)width)];
        Widths = tensor(values, device: device, requires_grad: true).DetachFromDisposeScope();
    }

    /// <summary>float32 [3]: standard deviations along z, y, x, voxels; a leaf of autodiff.</summary>
    public Tensor Widths { get; }

    /// <summary>The standard deviations as numbers, not negative.</summary>
    public IReadOnlyList<double> ReadWidths()
    {
        using var scope = NewDisposeScope();
        return [.. Widths.detach().abs().cpu().data<float>().ToArray().Select(width => (double)width)];
    }

    /// <summary>A far field's intensity as a detector sees it.</summary>
    /// <param name="intensity">float <c>[z, y, x]</c>, centred or in FFT order, borrowed.</param>
    /// <param name="widths">Of the blur; null = fully coherent.</param>
    /// <returns>In the caller's dispose scope.</returns>
    public static Tensor Blur(Tensor intensity, IReadOnlyList<double>? widths)
    {
        if (widths is null)
        {
            return intensity;
        }

        using var noGradient = no_grad();
        using PartialCoherence coherence = new(widths, intensity.device);
        return coherence.Blur(intensity);
    }

    /// <summary>The modulus that belongs to a blurred intensity, differentiable at 0.</summary>
    /// <param name="blurred">Photons; borrowed.</param>
    /// <returns>In the caller's dispose scope.</returns>
    internal static Tensor ModulusOf(Tensor blurred) => blurred.Plus(LeastPhotons).sqrt();

    /// <summary>Blurs an intensity; its edges meet, as those of the transform do.</summary>
    /// <param name="intensity">float <c>[z, y, x]</c>, centred or in FFT order, borrowed.</param>
    /// <returns>Same shape and order, not negative; the same sum, if the intensity is sampled finely enough; belongs to the caller.</returns>
    public Tensor Blur(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        return Intensity(fft.rfftn(intensity) * Window(intensity), intensity).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Blurs an intensity and leaves the gradient of a loss in the widths, without autodiff.
    /// </summary>
    /// <param name="intensity">float <c>[z, y, x]</c>, borrowed.</param>
    /// <param name="derivative">Of the loss with respect to the blurred intensity, at it.</param>
    /// <returns>As <see cref="Blur(Tensor)"/>, in the caller's dispose scope.</returns>
    internal Tensor BlurFused(Tensor intensity, Func<Tensor, Tensor> derivative)
    {
        Tensor spectrum = fft.rfftn(intensity) * Window(intensity);
        Tensor blurred = Intensity(spectrum, intensity);
        SetGradient((fft.rfftn(derivative(blurred)).conj() * spectrum).real, intensity.shape);
        return blurred;
    }

    // sum_r R dI/dw over the half spectrum (Parseval): every column but the first and the Nyquist one stands for two.
    private void SetGradient(Tensor product, long[] shape)
    {
        Tensor columns = TensorArithmetic.Filled([product.shape[2]], 2, product.dtype, product.device);
        columns[0] = columns[0].Over(2);
        if (shape[2] % 2 == 0)
        {
            columns[-1] = columns[-1].Over(2);
        }

        Tensor weighted = product * columns;
        double voxels = shape.Aggregate(1.0, (all, length) => all * length);
        long[][] others =
        [
            [1, 2],
            [0, 2],
            [0, 1],
        ];
        Tensor[] along =
        [
            .. others.Select(
                (axes, axis) =>
                    (weighted.sum(axes) * Lag(shape[axis], weighted).narrow(0, 0, weighted.shape[axis]).Squared()).sum()
            ),
        ];
        Widths.grad = stack(along).to(Widths.dtype) * Widths.detach().Times(-4 * Math.PI * Math.PI / voxels);
    }

    // Not made on the device: torch fills it through views, which not every device can.
    private static Tensor Lag(long length, Tensor like) => fft.fftfreq(length, dtype: like.dtype).to(like.device);

    // The transform of an intensity is the object's autocorrelation: a Gaussian blur there is a Gaussian window here, float [z, y, x/2 + 1].
    private Tensor Window(Tensor intensity)
    {
        Tensor? window = null;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = axis == 2 ? (intensity.shape[2] / 2) + 1 : intensity.shape[axis];
            Tensor lag = Lag(intensity.shape[axis], intensity).narrow(0, 0, along[axis]);
            Tensor width = Widths[axis].to(intensity.dtype);
            Tensor part = (lag.Squared() * width.Squared()).Times(-2 * Math.PI * Math.PI).exp().reshape(along);
            window = window is null ? part : window * part;
        }

        return window!;
    }

    // A blur leaves every voxel at least its own share. A window of an intensity that is not sampled finely enough rings, and would leave less than nothing.
    private Tensor Intensity(Tensor spectrum, Tensor intensity) =>
        maximum(fft.irfftn(spectrum, s: intensity.shape), intensity.Times(OwnShare(intensity.shape)));

    private double OwnShare(long[] shape)
    {
        IReadOnlyList<double> widths = ReadWidths();
        return shape
            .Zip(
                widths,
                (length, width) =>
                    Enumerable
                        .Range(0, (int)length)
                        .Average(i => Gaussian(width * Math.Min(i, length - i) / (double)length))
            )
            .Aggregate(1.0, (all, share) => all * share);

        static double Gaussian(double widths) => Math.Exp(-2 * Math.PI * Math.PI * widths * widths);
    }

    /// <summary>Moves the widths against the gradient that was left in them, by a step of Adam, and clears it; without one, nothing.</summary>
    internal void Fit()
    {
        if (Widths.grad is null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        steps++;
        float[] widths = [.. Widths.cpu().data<float>()];
        float[] gradient = [.. Widths.grad.cpu().data<float>()];
        for (int axis = 0; axis < 3; axis++)
        {
            first[axis] = (Beta1 * first[axis]) + ((1 - Beta1) * gradient[axis]);
            second[axis] = (Beta2 * second[axis]) + ((1 - Beta2) * gradient[axis] * gradient[axis]);
            double mean = first[axis] / (1 - Math.Pow(Beta1, steps));
            double root = Math.Sqrt(second[axis] / (1 - Math.Pow(Beta2, steps)));
            widths[axis] -= (float)(RateVoxels * mean / (root + 1e-8));
        }

        Widths.copy_(tensor(widths));
        Widths.grad = null;
    }

    public void Dispose()
    {
        Widths.Dispose();
    }
}
