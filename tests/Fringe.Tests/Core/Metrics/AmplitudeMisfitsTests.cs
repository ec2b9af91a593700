using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class AmplitudeMisfitsTests
{
    private static readonly long[] Shape = [8, 9, 10];

    [Fact]
    public void Of_AnyObject_AgreesWithTheDefinition()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);
        Tensor mask = TestTensors.RandomFlags(2, 0.2, Shape);
        using DiffractionPattern pattern = Pattern(3, mask);
        float[] modulus = ForwardModel.Propagate(psi).abs().ToRealVolume().Values;
        float[] photons = pattern.Intensity.ToRealVolume().Values;
        int[] measured = [.. Enumerable.Range(0, photons.Length).Where(i => !mask.ToBooleans()[i])];
        double scale =
            measured.Sum(i => modulus[i] * Math.Sqrt(photons[i])) / measured.Sum(i => (double)modulus[i] * modulus[i]);
        double misfit = measured.Sum(i => Math.Pow((scale * modulus[i]) - Math.Sqrt(photons[i]), 2));

        (double chi, double found) = AmplitudeMisfits.Chi(psi, pattern);

        // Float32 moduli.
        Assert.Equal(misfit / measured.Sum(i => (double)photons[i]), chi, 1e-6);
        Assert.Equal(scale, found, 1e-6 * scale);
    }

    [Fact]
    public void Of_MaskedVoxels_DoNotCount()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);
        Tensor mask = TestTensors.RandomFlags(2, 0.2, Shape);
        Tensor intensity = ForwardModel.Propagate(psi).abs().square();
        using DiffractionPattern spoiled = new(intensity.masked_fill(mask, 12345), mask.clone());
        using DiffractionPattern open = new(intensity.masked_fill(mask, 12345), zeros(Shape, ScalarType.Bool));

        Assert.Equal(0, AmplitudeMisfits.Chi(psi, spoiled).Chi, 1e-10);
        Assert.True(AmplitudeMisfits.Chi(psi, open).Chi > 0.5);
    }

    [Fact]
    public void Of_ScaledObject_IsTheSame()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);
        using DiffractionPattern pattern = Pattern(3, zeros(Shape, ScalarType.Bool));

        (double chi, double scale) = AmplitudeMisfits.Chi(psi, pattern);
        (double ofScaled, double scaleOfScaled) = AmplitudeMisfits.Chi(psi * 1000, pattern);

        Assert.Equal(chi, ofScaled, 1e-6);
        Assert.Equal(scale, 1000 * scaleOfScaled, 1e-4 * scale);
    }

    [Fact]
    public void Of_NoObject_IsOne()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern(3, zeros(Shape, ScalarType.Bool));

        Assert.Equal((1.0, 0.0), AmplitudeMisfits.Chi(zeros(Shape, ScalarType.ComplexFloat32), pattern));
    }

    private static DiffractionPattern Pattern(int seed, Tensor mask) =>
        new((TestTensors.RandomReal(seed, Shape) * 100).masked_fill(mask, 0), mask.clone());
}
