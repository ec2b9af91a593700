using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

/// <summary>Each algorithm's step against its textbook formula in operators, written here with plain torch in float64.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class AlgorithmTests
{
    // The step computes in float32.
    private const double Tolerance = 2e-6;
    private static readonly long[] Shape = [7, 9, 10];

    [Fact]
    public void ErrorReduction_Step_IsSupportAfterModulus() =>
        Check(new ErrorReduction(), p => p.SupportOf(p.ModulusOf(p.X)));

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void HybridInputOutput_Step_IsFienups(double beta) =>
        Check(
            new HybridInputOutput(beta),
            p => p.SupportOf(p.ModulusOf(p.X)) + p.OutsideOf(p.X - (p.ModulusOf(p.X) * beta))
        );

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void Raar_Step_IsLukes(double beta) =>
        Check(
            new Raar(beta),
            p => ((p.ReflectSupport(p.ReflectModulus(p.X)) + p.X) * (beta / 2)) + (p.ModulusOf(p.X) * (1 - beta))
        );

    [Theory]
    [InlineData(0.7)]
    [InlineData(1.0)]
    [InlineData(-0.8)]
    public void DifferenceMap_Step_IsElsers(double beta)
    {
        // x + beta [ P_S((1 + g_M) P_M x - g_M x) - P_M((1 + g_S) P_S x - g_S x) ] with g_M = 1/beta, g_S = -1/beta.
        double ofModulus = 1 / beta;
        double ofSupport = -1 / beta;
        Check(
            new DifferenceMap(beta),
            p =>
            {
                Tensor first = p.SupportOf((p.ModulusOf(p.X) * (1 + ofModulus)) - (p.X * ofModulus));
                Tensor second = p.ModulusOf((p.SupportOf(p.X) * (1 + ofSupport)) - (p.X * ofSupport));
                return p.X + ((first - second) * beta);
            }
        );
    }

    [Fact]
    public void SolventFlipping_Step_ReflectsTheSolvent() =>
        Check(new SolventFlipping(), p => p.ReflectSupport(p.ModulusOf(p.X)));

    public static TheoryData<string> Names => ["ER", "HIO", "RAAR", "DM", "SF"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_AtTheTrueObject_StaysThere(string name)
    {
        using var scope = NewDisposeScope();
        PhasingAlgorithm algorithm = PhasingRecipe.Parse(name, 0.8).Steps[0].Algorithm!;
        Tensor support = TestTensors.RandomFlags(1, 0.2, Shape).to(ScalarType.Float32);
        Tensor truth = TestTensors.RandomComplex(2, Shape) * support;
        using DiffractionPattern pattern = new(
            ForwardModel.Propagate(truth).abs().square(),
            zeros(Shape, ScalarType.Bool)
        );
        using ModulusConstraint modulus = new(pattern, zeros(Shape, ScalarType.Bool), CPU);
        using ProjectionState state = new(modulus, truth.clone(), support.clone()) { Iterations = 5 };

        for (int i = 0; i < 5; i++)
        {
            algorithm.Step(state);
        }

        // Float32 rounding of five steps.
        Assert.InRange(TestTensors.Difference(state.Iterate, truth), 0, 1e-5);
        Assert.InRange(state.Chi, -1e-6, 1e-6);
    }

    private static void Check(PhasingAlgorithm algorithm, Func<Textbook, Tensor> formula)
    {
        using var scope = NewDisposeScope();
        Tensor mask = TestTensors.RandomFlags(3, 0.1, Shape);
        Tensor held = TestTensors.RandomFlags(4, 0.1, Shape);
        using DiffractionPattern pattern = new((TestTensors.RandomReal(5, Shape) * 50).masked_fill(mask, 0), mask);
        Tensor support = TestTensors.RandomFlags(6, 0.3, Shape);
        Tensor start = TestTensors.RandomComplex(7, Shape) * 3;
        using ModulusConstraint modulus = new(pattern, held, CPU);
        using ProjectionState state = new(modulus, start.clone(), support.to(ScalarType.Float32)) { Iterations = 1 };
        Textbook textbook = new(start, support, pattern, held);

        algorithm.Step(state);

        Assert.InRange(TestTensors.Difference(state.Iterate, formula(textbook)), 0, Tolerance);
        Assert.True(TestTensors.Difference(state.Iterate, start) > 0.1, "the step changed nothing");
    }

    /// <summary>The operators of the papers.</summary>
    private sealed class Textbook(Tensor x, Tensor support, DiffractionPattern pattern, Tensor held)
    {
        private readonly Tensor unmeasured = pattern.Mask.logical_or(held);

        public Tensor X { get; } = x.to(ScalarType.ComplexFloat64);

        public Tensor SupportOf(Tensor psi) => where(support, psi, zeros_like(psi));

        public Tensor OutsideOf(Tensor psi) => where(support, zeros_like(psi), psi);

        public Tensor ReflectSupport(Tensor psi) => (SupportOf(psi) * 2) - psi;

        public Tensor ReflectModulus(Tensor psi) => (ModulusOf(psi) * 2) - psi;

        public Tensor ModulusOf(Tensor psi)
        {
            Tensor field = fft.fftshift(fft.fftn(fft.ifftshift(psi)));
            Tensor amplitude = pattern.Intensity.to(ScalarType.Float64).sqrt() * Math.Sqrt(psi.numel());
            Tensor imposed = where(unmeasured, field, polar(amplitude, field.angle()));
            return fft.fftshift(fft.ifftn(fft.ifftshift(imposed)));
        }
    }
}
