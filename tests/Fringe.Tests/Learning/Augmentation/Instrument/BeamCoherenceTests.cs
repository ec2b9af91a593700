using Fringe.Core.Diffraction;
using Fringe.Learning.Augmentation.Instrument;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation.Instrument;

/// <summary>A beam of less coherence smears the intensity by what it says, and loses nothing.</summary>
public sealed class BeamCoherenceTests
{
    private const int Size = 32;

    [Fact]
    public void Blur_Gaussian_AddsItsVariancesAndLosesNothing()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = Intensity();

        Tensor blurred = BeamCoherence.Gaussian(new(1.5, 1, 2)).Blur(intensity);

        Assert.Equal(1, (blurred.sum() / intensity.sum()).item<double>(), 1e-9);
        Assert.Equal(2.25, Variance(blurred, 0) - Variance(intensity, 0), 1e-3);
        Assert.Equal(1, Variance(blurred, 1) - Variance(intensity, 1), 1e-3);
        Assert.Equal(4, Variance(blurred, 2) - Variance(intensity, 2), 1e-3);
    }

    [Fact]
    public void Blur_Gaussian_MultipliesTheAutocorrelation()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = Intensity();

        Tensor ratio = (
            fft.ifftn(BeamCoherence.Gaussian(new(0.5, 1, 1.5)).Blur(intensity)) / fft.ifftn(intensity)
        ).real;

        // exp(-2 pi^2 sigma^2 lag^2 / N^2) at 3 voxels of the object along each axis.
        Assert.Equal(1, ratio[0, 0, 0].item<double>(), 1e-9);
        Assert.Equal(Math.Exp(-2 * Math.PI * Math.PI * 0.25 * 9 / 1024), ratio[3, 0, 0].item<double>(), 1e-6);
        Assert.Equal(Math.Exp(-2 * Math.PI * Math.PI * 1 * 9 / 1024), ratio[0, 3, 0].item<double>(), 1e-6);
        Assert.Equal(Math.Exp(-2 * Math.PI * Math.PI * 2.25 * 9 / 1024), ratio[0, 0, 3].item<double>(), 1e-6);
    }

    // The product's own model of it, which was written apart from this one.
    [Fact]
    public void Blur_Gaussian_IsWhatTheProductTakesItFor()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = Intensity();

        Tensor modelled = PartialCoherence.Blur(intensity, [0.5, 1, 1.5]);

        Tensor difference = BeamCoherence.Gaussian(new(0.5, 1, 1.5)).Blur(intensity) - modelled;
        Assert.InRange((difference.abs().sum() / modelled.sum()).item<double>(), 0, 1e-6);
    }

    [Fact]
    public void Blur_Lorentzian_MultipliesTheAutocorrelation()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = Intensity();

        Tensor blurred = BeamCoherence.Lorentzian(new(0.4, 1, 0.7)).Blur(intensity);

        Assert.Equal(1, (blurred.sum() / intensity.sum()).item<double>(), 1e-9);
        // exp(-2 pi w lag / N), the transform of the Lorentzian of half width w, along each axis; between the axes by the length of what they give.
        Tensor ratio = (fft.ifftn(blurred) / fft.ifftn(intensity)).real;
        Assert.Equal(Math.Exp(-2 * Math.PI * 0.4 * 3 / Size), ratio[3, 0, 0].item<double>(), 1e-6);
        Assert.Equal(Math.Exp(-2 * Math.PI * 1 * 3 / Size), ratio[0, 3, 0].item<double>(), 1e-6);
        Assert.Equal(Math.Exp(-2 * Math.PI * 0.7 * 3 / Size), ratio[0, 0, 3].item<double>(), 1e-6);
        Assert.Equal(Math.Exp(-2 * Math.PI * Math.Sqrt(1.44 + 4) / Size), ratio[3, 2, 0].item<double>(), 1e-6);
    }

    // Gaussian, of a variance of 9: neither it nor its transform is 0 anywhere.
    private static Tensor Intensity()
    {
        Tensor index = arange(Size, ScalarType.Float64) - (Size / 2);
        Tensor line = exp(index.square() / -18);
        return line.reshape(Size, 1, 1) * line.reshape(1, Size, 1) * line.reshape(1, 1, Size);
    }

    private static double Variance(Tensor volume, int axis)
    {
        long[] others = [.. new long[] { 0, 1, 2 }.Where(other => other != axis)];
        Tensor index = arange(Size, ScalarType.Float64) - (Size / 2);
        return ((volume.sum(others) * index.square()).sum() / volume.sum()).item<double>();
    }
}
