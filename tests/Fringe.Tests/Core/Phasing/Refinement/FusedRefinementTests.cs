using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

/// <summary>The vectorised passes against autodiff and torch; odd shapes leave a tail that no vector fills.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class FusedRefinementTests
{
    // float32 sums in another order.
    private const double Tolerance = 1e-5;

    public static TheoryData<int, int, int> Shapes =>
        new()
        {
            { 8, 8, 8 },
            { 3, 5, 7 },
            { 5, 9, 11 },
            { 17, 19, 23 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AmplitudeMisfit_ByProjection_AgreesWithAutodiff(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [depth, height, width];
        using ModulusConstraint modulus = Measured(shape);
        using RefinementModel model = new(modulus, new AmplitudeMisfit());
        Tensor support = Support(depth, height, width);
        Tensor psi = TestTensors.RandomComplex(4, shape) * 3 * support;

        (Tensor fused, double misfit, double chi) = model.Evaluate(psi, SupportBox.Of(support), null);
        (Tensor autodiff, double wanted, double wantedChi) = model.EvaluateByAutodiff(psi, null);

        // The gradients themselves, 2 (x - T), not T, where the object can move.
        Assert.InRange(TestTensors.Difference((psi - fused) * support, (psi - autodiff) * support), 0, Tolerance);
        Assert.Equal(1, misfit / wanted, Tolerance);
        Assert.Equal(wantedChi, chi, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PartialCoherence_FusedGradientOfItsWidths_AgreesWithAutodiff(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] shape = [depth, height, width];
        Tensor psi = TestTensors.RandomComplex(4, shape) * 3;
        using PartialCoherence fused = new([0.4, 0.6, 0.8], CPU);
        using PartialCoherence plain = new([0.4, 0.6, 0.8], CPU);

        Tensor amplitude = (TestTensors.RandomReal(1, shape) * 100).sqrt();
        Tensor intensity = fft.fftn(psi, norm: TorchSharp.FFTNormType.Ortho).abs().square();
        Tensor blurred = fused.BlurFused(intensity, at => 1 - (amplitude / at.sqrt()));
        Tensor wanted = plain.Blur(intensity);
        (wanted.sqrt() - amplitude).square().sum().backward();

        Assert.InRange(TestTensors.Difference(blurred.detach(), wanted.detach()), 0, Tolerance);
        Assert.InRange(TestTensors.Difference(fused.Widths.grad!, plain.Widths.grad!), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TotalVariation_FusedGradient_AgreesWithAutodiff(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor support = Support(depth, height, width);
        Tensor psi = TestTensors.RandomComplex(4, support.shape) * support;
        TotalVariation variation = new() { Softening = 0.05 };
        Tensor variable = psi.clone().requires_grad_(true);
        Tensor loss = variation.Penalty(variable, unit: 2) * 0.7;
        loss.backward();

        Tensor toward = zeros_like(psi);
        double sum = TotalVariationPasses.AddGradient(psi, toward, SupportBox.Of(support), 0.7, 0.05 * 2);

        // Outside the support nothing moves, so only the gradient inside counts.
        Assert.InRange(TestTensors.Difference(toward * -2 * support, variable.grad! * support), 0, Tolerance);
        Assert.Equal(1, sum * 0.7 / loss.item<float>(), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ProximalStep_Fused_AgreesWithTorch(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor support = Support(depth, height, width);
        Tensor fused = TestTensors.RandomComplex(4, support.shape) * support;
        Tensor plain = fused.clone();
        Tensor toward = TestTensors.RandomComplex(5, support.shape);
        using TotalVariationDual one = new(fused);
        using TotalVariationDual other = new(plain);
        for (int step = 0; step < 4; step++)
        {
            one.Step(fused, toward, support, SupportBox.Of(support), weight: 0.3, length: 0.4);
            other.StepPrimalWithTorch(plain, toward, support, 0.4);
            other.StepDualWithTorch(plain, 0.3, 1 / (12 * 0.4));
        }

        Assert.InRange(TestTensors.Difference(fused, plain), 0, Tolerance);
        Assert.True(TestTensors.Difference(fused, toward * support) > 0.1, "the total variation did nothing");
    }

    [Fact]
    public void ProximalStep_Repeated_FindsTheMinimum()
    {
        // min |x - T|^2 + w TV(x): there the gradient of the smoothed problem vanishes.
        using var scope = NewDisposeScope();
        Tensor support = ones(5, 6, 7);
        Tensor toward = TestTensors.RandomComplex(5, 5, 6, 7);
        Tensor psi = zeros_like(toward);
        using TotalVariationDual dual = new(psi);
        for (int step = 0; step < 3000; step++)
        {
            dual.Step(psi, toward, support, SupportBox.Of(support), weight: 0.5, length: 0.5);
        }

        TotalVariation exact = new() { Softening = 1e-6 };
        double least = Objective(psi);
        Assert.All(
            Enumerable.Range(20, 10),
            seed => Assert.True(Objective(psi + (TestTensors.RandomComplex(seed, 5, 6, 7) * 1e-2)) > least)
        );
        Assert.True(least < Objective(toward) && least < Objective(toward * 0.9));

        double Objective(Tensor x) =>
            (x - toward).abs().square().sum().item<float>() + (0.5 * exact.Penalty(x, 1).item<float>());
    }

    [Fact]
    public void PartialCoherence_OfAPoint_IsTheGaussian()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = zeros([24, 26, 28], ScalarType.Float64);
        intensity[12, 13, 14] = 1;
        using PartialCoherence coherence = new([1.6, 1.8, 2.0], CPU);

        Tensor blurred = coherence.Blur(intensity).detach();

        double ratio = blurred[13, 15, 11].item<double>() / blurred[12, 13, 14].item<double>();
        Assert.Equal(Math.Exp(-0.5 * ((1 / 2.56) + (4 / 3.24) + (9 / 4.0))), ratio, 1e-5);
        // The window ends at half the volume, so ripples of 1e-7 remain, and the negative ones are cut off.
        Assert.Equal(1, blurred.sum().item<double>(), 1e-6);
    }

    // Bright enough that no blurred voxel is clipped at 0.
    private static ModulusConstraint Measured(long[] shape)
    {
        Tensor mask = TestTensors.RandomFlags(2, 0.2, shape);
        using DiffractionPattern pattern = new((TestTensors.RandomReal(1, shape) * 100).masked_fill(mask, 0), mask);
        return new ModulusConstraint(pattern, TestTensors.RandomFlags(3, 0.1, shape), CPU);
    }

    // Touches a face along y; elsewhere the box ends inside the volume.
    private static Tensor Support(int depth, int height, int width)
    {
        Tensor support = TestTensors.RandomFlags(6, 0.7, depth, height, width).to(ScalarType.Float32);
        support.narrow(0, 0, 1).zero_();
        support.narrow(2, width - 1, 1).zero_();
        return support;
    }
}
