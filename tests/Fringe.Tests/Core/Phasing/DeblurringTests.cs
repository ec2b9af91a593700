using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class DeblurringTests
{
    private static readonly double[] Widths = [0.4, 0.5, 0.6];

    // The blurred pattern of an object asks for nothing but that object.
    [Fact]
    public void Target_OfTheObjectItself_IsItsOwnFarField()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(4, 12, 14, 16) * 30;
        Tensor field = fft.fftn(psi, norm: FFTNormType.Ortho);
        Tensor amplitude = PartialCoherence.Blur(field.abs().square(), Widths).sqrt();
        amplitude[3, 4, 5] = -1;
        using Deblurring deblurring = new(new PartialCoherence(Widths, CPU));

        (Tensor target, double power) = deblurring.TargetAt(field, amplitude);

        Tensor wanted = field.abs();
        double unknown = Math.Pow(wanted[3, 4, 5].item<float>(), 2);
        Assert.True(target[3, 4, 5].item<float>() < 0, "a voxel where nothing is known floats");
        wanted[3, 4, 5] = target[3, 4, 5];
        // Intensities near 0 keep the square root of the transform's rounding.
        Assert.InRange(TestTensors.Difference(target, wanted), 0, 1e-4);
        Assert.Equal(1, power / (field.abs().square().sum().item<float>() - unknown), 1e-4);
    }

    [Fact]
    public void Target_OfOtherAmplitudes_IsTheirOwn()
    {
        using var scope = NewDisposeScope();
        Tensor field = fft.fftn(TestTensors.RandomComplex(4, 8, 8, 8), norm: FFTNormType.Ortho);
        Tensor amplitude = field.abs();
        Tensor twice = amplitude * 2;
        using Deblurring deblurring = new(new PartialCoherence(Widths, CPU));

        Tensor first = deblurring.TargetAt(field, amplitude).Target.clone();
        (Tensor second, double power) = deblurring.TargetAt(field, twice);

        Assert.InRange(TestTensors.Difference(second, first * 2), 0, 1e-6);
        Assert.Equal(1, power / second.square().sum().item<float>(), 1e-5);
    }

    [Fact]
    public void Projections_WithAWrongBlur_FindItsWidths()
    {
        using var scope = NewDisposeScope();
        Tensor psi = zeros(16, 18, 20, ScalarType.ComplexFloat32);
        psi.narrow(0, 5, 6).narrow(1, 6, 6).narrow(2, 7, 6).copy_(TestTensors.RandomComplex(4, 6, 6, 6) * 30);
        Tensor counts = PartialCoherence.Blur(fft.fftn(psi, norm: FFTNormType.Ortho).abs().square(), Widths);
        using DiffractionPattern pattern = new(
            ForwardModel.ToCentred(counts).contiguous(),
            zeros(counts.shape, ScalarType.Bool)
        );
        using ModulusConstraint constraint = new(pattern, zeros_like(pattern.Mask), CPU);
        using Deblurring deblurring = new(new PartialCoherence([0.7, 0.7, 0.7], CPU));
        for (int step = 0; step < 600; step++)
        {
            constraint.Project(psi, deblurring: deblurring).Projected.Dispose();
        }

        Assert.All(deblurring.Coherence.ReadWidths().Zip(Widths), pair => Assert.Equal(pair.Second, pair.First, 0.02));
    }
}
