using Fringe.Core.Diffraction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ForwardModelTests
{
    public static TheoryData<int, int, int> Shapes =>
        new()
        {
            { 8, 8, 8 },
            { 7, 9, 5 },
            { 6, 7, 10 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Propagate_PointAtPlusOneAlongX_GivesTheConventionsPhase(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor psi = zeros([depth, height, width], ScalarType.ComplexFloat64);
        psi[depth / 2, height / 2, (width / 2) + 1] = 1;

        Tensor field = ForwardModel.Propagate(psi);

        // F(q) = exp(-i q.r) with q = 2 pi k / N and r = 1, over sqrt(voxels); k = 0 at index N/2. Rounding of float64.
        double modulus = 1 / Math.Sqrt(depth * height * width);
        for (int x = 0; x < width; x++)
        {
            double angle = -2 * Math.PI * (x - (width / 2)) / width;
            (double re, double im) = TestTensors.At(field, depth / 3, height / 4, x);
            Assert.Equal(modulus * Math.Cos(angle), re, 1e-12);
            Assert.Equal(modulus * Math.Sin(angle), im, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Propagate_AnyObject_KeepsTheSumOfSquares(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, depth, height, width);

        // Parseval to float32 rounding.
        Assert.Equal(1, TestTensors.Norm(ForwardModel.Propagate(psi)) / TestTensors.Norm(psi), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PropagateBack_OfPropagate_GivesTheObject(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(2, 3, depth, height, width);

        Assert.InRange(TestTensors.Difference(ForwardModel.PropagateBack(ForwardModel.Propagate(psi)), psi), 0, 1e-6);
    }

    [Fact]
    public void ToCentred_OddLengths_UndoesToFftOrder()
    {
        using var scope = NewDisposeScope();
        Tensor volume = arange(5 * 7 * 4).reshape(5, 7, 4);

        Assert.True(ForwardModel.ToCentred(ForwardModel.ToFftOrder(volume)).Equals(volume));
        Assert.Equal(volume[2, 3, 2].item<long>(), ForwardModel.ToFftOrder(volume)[0, 0, 0].item<long>());
    }

    [Fact]
    public void Propagate_Gradient_MatchesFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(3, 4, 5, 3).to(ScalarType.ComplexFloat64).requires_grad_();
        Tensor weights = TestTensors.RandomReal(4, 4, 5, 3).to(ScalarType.Float64);
        Tensor direction = TestTensors.RandomComplex(5, 4, 5, 3).to(ScalarType.ComplexFloat64);
        Loss(psi).backward();

        // Torch's gradient g of a real loss L: dL = Re sum conj(g) d psi. Central differences err by step^2.
        double slope = view_as_real(psi.grad!.conj().resolve_conj() * direction)[.., .., .., 0].sum().item<double>();
        const double Step = 1e-4;
        Tensor bare = psi.detach();
        double ahead = Loss(bare + (direction * Step)).item<double>();
        double behind = Loss(bare - (direction * Step)).item<double>();
        Assert.Equal(1, (ahead - behind) / (2 * Step) / slope, 1e-6);

        Tensor Loss(Tensor at) => (ForwardModel.Propagate(at).abs() * weights).pow(3).sum();
    }
}
