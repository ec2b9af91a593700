using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class FreeLogLikelihoodTests
{
    private static readonly long[] Shape = [20, 20, 20];

    [Fact]
    public void Of_PerfectModelWithManyPhotons_IsAHalf()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape) * 20;
        using DiffractionPattern pattern = Noisy(psi, 2);
        Tensor held = TestTensors.RandomFlags(3, 0.5, Shape);

        double free = FreeLogLikelihood.Of(psi, pattern, held, 1);

        // Twice the mean deviance is chi^2 with one degree of freedom: mean 0.5, deviation sqrt(2)/2 over sqrt(4000) voxels is 0.011;
        // four of these, and the few voxels with little signal, for which the mean is up to 0.58.
        Assert.InRange(free, 0.45, 0.56);
    }

    [Fact]
    public void Of_WrongModel_IsHigher()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape) * 20;
        using DiffractionPattern pattern = Noisy(psi, 2);
        Tensor held = TestTensors.RandomFlags(3, 0.5, Shape);

        // 5 % of amplitude is 10 % of the mean 800 photons: (80)^2 / (2 * 800) = 4 on the mean.
        Assert.InRange(FreeLogLikelihood.Of(psi, pattern, held, 1.05), 3, 6);
    }

    [Fact]
    public void Of_EmptyVoxels_CostsThePhotonsPredicted()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = new(zeros(Shape), zeros(Shape, ScalarType.Bool));
        Tensor field = full(Shape, 1.5f, ScalarType.Float32).to(ScalarType.ComplexFloat32);
        Tensor psi = ForwardModel.PropagateBack(field);
        Tensor all = ones(Shape, ScalarType.Bool);

        Assert.Equal(2.25, FreeLogLikelihood.Of(psi, pattern, all, 1), 1e-5);
        Assert.Equal(FreeLogLikelihood.LeastPhotons, FreeLogLikelihood.Of(psi, pattern, all, 0), 1e-9);
    }

    [Fact]
    public void Of_NoFreeVoxels_IsNoNumber()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, Shape);
        using DiffractionPattern pattern = Noisy(psi, 2);

        Assert.True(double.IsNaN(FreeLogLikelihood.Of(psi, pattern, zeros(Shape, ScalarType.Bool), 1)));
    }

    private static DiffractionPattern Noisy(Tensor psi, int seed)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new((ulong)seed);
        Tensor photons = poisson(ForwardModel.Propagate(psi).abs().square(), generator);
        return new DiffractionPattern(photons, zeros(Shape, ScalarType.Bool));
    }
}
