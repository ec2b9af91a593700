using Fringe.Core.Diffraction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PartialCoherenceTests
{
    [Fact]
    public void Blur_SampledFinely_IsAWindowOfTheAutocorrelation()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("fine") { Size = 32 });
        Tensor sharp = problem.Pattern.Intensity;

        Tensor blurred = PartialCoherence.Blur(sharp, [0.5, 0.7, 0.9]);

        Tensor before = fft.fftn(sharp);
        Tensor after = fft.fftn(blurred);
        Assert.Equal(1, (after[0, 0, 0] / before[0, 0, 0]).real.item<float>(), 1e-4);
        // 5 voxels of lag along x, of 32.
        double expected = Math.Exp(-2 * Math.PI * Math.PI * Math.Pow(0.9 * 5 / 32, 2));
        Assert.Equal(expected, (after[0, 0, 5] / before[0, 0, 5]).real.item<float>(), 1e-3);
    }

    // A pattern of one voxel is sampled far too coarsely: the window alone would ring below 0 all around it.
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Blur_SampledTooCoarsely_LeavesEachVoxelItsOwnShare(double width)
    {
        using var scope = NewDisposeScope();
        Tensor spike = zeros(16, 16, 16);
        spike[8, 8, 8] = tensor(1e6f);
        Tensor flat = ones(16, 16, 16);

        Tensor blurred = PartialCoherence.Blur(spike, [width, width, width]);
        Tensor kept = PartialCoherence.Blur(flat + spike, [width, width, width]);

        double share = blurred[8, 8, 8].item<float>() / 1e6;
        Assert.InRange(share, 0.1, 0.95);
        Assert.True(blurred.min().item<float>() >= 0);
        Assert.True(kept.min().item<float>() >= 0.99 * share);
    }
}
