using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Refinement;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

/// <summary>Every term's gradient by autodiff against central finite differences, in float64.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class GradientTests
{
    // Central differences of 1e-5 leave an error of about 1e-10 of the third derivative; the softened roots have a large one.
    private const double Tolerance = 1e-6;
    private static readonly long[] Shape = [4, 5, 6];

    public static TheoryData<Misfit> Misfits => [new AmplitudeMisfit(), new PoissonMisfit { Background = 0.01 }];

    public static TheoryData<Regulariser> Regularisers => [new TotalVariation { Softening = 0.1 }, new Sparsity()];

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Misfit_Gradient_AgreesWithFiniteDifferences(Misfit misfit)
    {
        using var scope = NewDisposeScope();
        Tensor amplitude = (TestTensors.RandomReal(1, Shape) * 3).to(ScalarType.Float64);
        Tensor measured = TestTensors.RandomFlags(2, 0.8, Shape).to(ScalarType.Float64);
        Check(psi => misfit.Evaluate(fft.fftn(psi, norm: TorchSharp.FFTNormType.Ortho).abs(), amplitude, measured));
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Misfit_OfAPartlyCoherentBeam_AgreesWithFiniteDifferences(Misfit misfit)
    {
        using var scope = NewDisposeScope();
        Tensor amplitude = (TestTensors.RandomReal(1, Shape) * 3).to(ScalarType.Float64);
        Tensor measured = TestTensors.RandomFlags(2, 0.8, Shape).to(ScalarType.Float64);
        using PartialCoherence coherence = new([0.4, 0.6, 0.8], CPU);
        Check(psi =>
        {
            Tensor intensity = fft.fftn(psi, norm: TorchSharp.FFTNormType.Ortho).abs().square();
            return misfit.Evaluate((coherence.Blur(intensity) + 1e-8).sqrt(), amplitude, measured);
        });
    }

    [Theory]
    [MemberData(nameof(Regularisers))]
    public void Regulariser_Gradient_AgreesWithFiniteDifferences(Regulariser regulariser)
    {
        using var scope = NewDisposeScope();
        Check(psi => regulariser.Penalty(psi, unit: 1.7));
    }

    [Fact]
    public void PartialCoherence_GradientOfItsWidths_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = TestTensors.RandomReal(3, Shape).to(ScalarType.Float64);
        double[] widths = [0.5, 0.7, 0.9];
        using PartialCoherence coherence = new(widths, CPU);
        coherence.Blur(intensity).square().sum().backward();
        for (int axis = 0; axis < 3; axis++)
        {
            double step = 1e-2;
            double[] values =
            [
                .. new[] { step, -step }.Select(change =>
                {
                    double[] moved = [.. widths];
                    moved[axis] += change;
                    using PartialCoherence other = new(moved, CPU);
                    return other.Blur(intensity).square().sum().item<double>();
                }),
            ];

            double wanted = (values[0] - values[1]) / (2 * step);
            // The widths are float32; the step's square leaves 1e-4.
            Assert.Equal(1, coherence.Widths.grad![axis].item<float>() / wanted, 1e-3);
        }
    }

    // Along a few random directions: a wrong component would show in each.
    private static void Check(Func<Tensor, Tensor> loss)
    {
        Tensor at = TestTensors.RandomComplex(4, Shape).to(ScalarType.ComplexFloat64);
        Tensor variable = at.clone().requires_grad_(true);
        loss(variable).backward();
        Tensor gradient = view_as_real(variable.grad!);
        for (int seed = 10; seed < 15; seed++)
        {
            Tensor direction = TestTensors.RandomComplex(seed, Shape).to(ScalarType.ComplexFloat64);
            const double Step = 1e-5;
            double ahead = loss(at + (direction * Step)).item<double>();
            double behind = loss(at - (direction * Step)).item<double>();
            double slope = (gradient * view_as_real(direction)).sum().item<double>();

            Assert.Equal(1, (ahead - behind) / (2 * Step) / slope, Tolerance);
        }
    }
}
