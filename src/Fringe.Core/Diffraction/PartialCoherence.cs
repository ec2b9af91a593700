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

    private const double RateVoxels = 0.02;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.99;
    private readonly Tensor first;
    private readonly Tensor second;
    private int steps;

    /// <param name="widths">Standard deviations along z, y, x, voxels of the pattern.</param>
    /// <param name="device">Where to compute.</param>
    public PartialCoherence(IReadOnlyList<double> widths, Device device)
    {
        float[] values = [.. widths.Select(width => (float)width)];
        Widths = tensor(values, device: device, requires_grad: true).DetachFromDisposeScope();
        first = zeros(3, device: device).DetachFromDisposeScope();
        second = zeros(3, device: device).DetachFromDisposeScope();
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

    /// <summary>Blurs an intensity; its edges meet, as those of the transform do.</summary>
    /// <param name="intensity">float <c>[z, y, x]</c>, centred or in FFT order, borrowed.</param>
    /// <returns>Same shape and order, not negative, the same sum; belongs to the caller.</returns>
    public Tensor Blur(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        // The transform of an intensity is the object's autocorrelation: a Gaussian blur there is a Gaussian window here.
        Tensor autocorrelation = fft.rfftn(intensity);
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = autocorrelation.shape[axis];
            Tensor lag = fft.fftfreq(intensity.shape[axis], dtype: intensity.dtype, device: intensity.device)
                .narrow(0, 0, along[axis]);
            Tensor width = Widths[axis].to(intensity.dtype);
            Tensor window = (lag.Squared() * width.Squared()).Times(-2 * Math.PI * Math.PI).exp();
            autocorrelation = autocorrelation * window.reshape(along);
        }

        // Rounding may leave a tiny negative number.
        return fft.irfftn(autocorrelation, s: intensity.shape).AtLeast(0).MoveToOuterDisposeScope();
    }

    /// <summary>Moves the widths against the gradient that backward() left in them, by a step of Adam, and clears it.</summary>
    internal void Fit()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        steps++;
        Tensor gradient = Widths.grad!;
        first.TimesInPlace(Beta1).PlusInPlace(gradient, 1 - Beta1);
        second.TimesInPlace(Beta2).PlusInPlace(gradient.Squared(), 1 - Beta2);
        Tensor mean = first.Over(1 - Math.Pow(Beta1, steps));
        Tensor root = second.Over(1 - Math.Pow(Beta2, steps)).sqrt().Plus(1e-8);
        Widths.sub_(mean.Times(RateVoxels) / root);
        gradient.zero_();
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        Widths.Dispose();
    }
}
