using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Losses;

/// <summary>The loss against its definition: gradients, and what it must not see.</summary>
public sealed class ReconstructionLossTests
{
    public static TheoryData<string> Terms => ["RealSpace", "Shape", "Phase", "Physics"];

    // Along the gradient's signs no two voxels cancel each other. The misfit of the pattern has a kink wherever a voxel's amplitude is
    // met, so the step is short: over 30 seeds the worst difference was 4e-10 (Physics) to 5e-9 (Phase), which is float64's rounding.
    // That the pattern's amplitude is float32 does not show, both sides share it.
    [Theory]
    [MemberData(nameof(Terms))]
    public void Of_AnyObject_GradientAgreesWithFiniteDifferences(string term)
    {
        using var scope = NewDisposeScope();
        using ExampleBatch example = Examples.Noisy(2);
        PatternInput pattern = PatternInput.Of(example.Intensity, example.Mask);
        Tensor target = example.Target.to(ScalarType.ComplexFloat64);
        Tensor start = view_as_real(target + (TestTensors.RandomComplex(1, 2, 32, 32, 32) * 0.1)).clone();
        Tensor pairs = start.detach().clone().requires_grad_(true);
        ReconstructionLoss loss = new(Only(term));

        loss.Of(view_as_complex(pairs), target, pattern).sum().backward();

        Tensor direction = pairs.grad!.sign() * TestTensors.RandomReal(2, 2, 32, 32, 32, 2);
        double slope = (pairs.grad! * direction).sum().item<double>();
        const double step = 1e-7;
        double ahead = Value(start + (direction * step));
        double behind = Value(start - (direction * step));
        double expected = (ahead - behind) / (2 * step);
        Assert.True(expected > 0.1, "the direction hardly changes the loss");
        Assert.Equal(expected, slope, 1e-7 * expected);

        double Value(Tensor at) => loss.Of(view_as_complex(at), target, pattern).sum().item<double>();
    }

    [Theory]
    [MemberData(nameof(Terms))]
    public void Of_TrivialChangesOfThePrediction_StaysTheSame(string term)
    {
        using var scope = NewDisposeScope();
        using ExampleBatch example = Examples.Noisy(2);
        PatternInput pattern = PatternInput.Of(example.Intensity, example.Mask);
        Tensor psi = example.Target + (TestTensors.RandomComplex(5, 2, 32, 32, 32) * 0.2f);
        ReconstructionLoss loss = new(Only(term));
        float[] before = Values(psi);

        AssertClose(Values(psi * polar(tensor(1f), tensor(0.7f))));
        AssertClose(Values(psi * 3));
        AssertClose(Values(ReconstructionLoss.Twin(psi).resolve_conj()));

        float[] Values(Tensor of) => loss.Of(of, example.Target, pattern).data<float>().ToArray();

        // float32 sums over 32768 voxels.
        void AssertClose(float[] after) =>
            Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Of_PerfectPrediction_IsZeroAndOfAnotherCrystalIsNot()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch example = Examples.Clean(2, photons: 1e12);
        PatternInput pattern = PatternInput.Of(example.Intensity, example.Mask);
        ReconstructionLoss loss = new(
            new LossOptions
            {
                RealSpace = 1,
                Shape = 1,
                Phase = 1,
                Physics = 1,
            }
        );

        Assert.All(
            loss.Of(example.Target, example.Target, pattern).data<float>().ToArray(),
            value => Assert.InRange(value, -1e-3, 1e-3)
        );
        Assert.All(
            loss.Of(example.Target.roll(1, 0), example.Target, pattern).data<float>().ToArray(),
            value => Assert.True(value > 0.1)
        );
    }

    private static LossOptions Only(string term) =>
        new()
        {
            RealSpace = term == "RealSpace" ? 1 : 0,
            Shape = term == "Shape" ? 1 : 0,
            Phase = term == "Phase" ? 1 : 0,
            Physics = term == "Physics" ? 1 : 0,
        };
}
