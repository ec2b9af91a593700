using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class SharpeningTests
{
    private static readonly double[] Widths = [0.8, 1, 0.6];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_BlurredPattern_IsMuchNearerToTheSharpOne(bool hasGap)
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(
            new("blurred")
            {
                Size = 32,
                Photons = 1e7,
                HasGap = hasGap,
            }
        );
        Tensor sharp = ForwardModel.Propagate(problem.Truth).abs().square();
        Tensor mask = problem.Pattern.Mask;
        using Generator generator = new(3);
        Tensor counts = poisson(PartialCoherence.Blur(sharp, Widths), generator).masked_fill(mask, 0);
        using DiffractionPattern blurred = new(counts.clone(), mask.clone());

        using DiffractionPattern found = Sharpening.Of(blurred, Widths, TestContext.Current.CancellationToken);

        Assert.True(found.Mask.equal(mask).all().item<bool>());
        Assert.True(found.Intensity.min().item<float>() >= 0);
        Assert.InRange(Distance(found.Intensity, sharp, mask) / Distance(counts, sharp, mask), 0, 0.4);
        Assert.InRange((found.Intensity.sum() / (sharp * mask.logical_not()).sum()).item<float>(), 0.95, 1.05);
    }

    // chi of the amplitudes that were measured.
    private static double Distance(Tensor one, Tensor other, Tensor mask)
    {
        Tensor measured = mask.logical_not();
        double cross = ((one * other).sqrt() * measured).sum(ScalarType.Float64).item<double>();
        double power = (one * measured).sum(ScalarType.Float64).item<double>();
        double otherPower = (other * measured).sum(ScalarType.Float64).item<double>();
        return 1 - (cross * cross / (power * otherPower));
    }
}
