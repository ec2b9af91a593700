using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class AutocorrelationTests
{
    [Theory]
    [InlineData(10, 8, 6)]
    [InlineData(5, 11, 7)]
    public void OversamplingRatio_OfABox_IsTheAxisOverItsEdge(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Box([40, 36, 30], depth, height, width);

        double[] ratios = Autocorrelation.Of(pattern).OversamplingRatio();

        // A box n wide has an autocorrelation that falls as 1 - |k|/n to 0 at |k| = n. The level 0.02 keeps all of |k| < n when n is
        // under 50: 2n - 1 voxels, so the ratio is N / (n - 1/2).
        Assert.Equal(40 / (depth - 0.5), ratios[0], 1e-6);
        Assert.Equal(36 / (height - 0.5), ratios[1], 1e-6);
        Assert.Equal(30 / (width - 0.5), ratios[2], 1e-6);
    }

    [Fact]
    public void OversamplingRatio_OfABoxOverHalfTheAxis_IsUnderTwo()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Box([24, 24, 24], 8, 8, 18);

        double[] ratios = Autocorrelation.Of(pattern).OversamplingRatio();

        Assert.InRange(ratios[0], 2.9, 3.3);
        Assert.InRange(ratios[2], 1, 2);
    }

    [Fact]
    public void CentralComponent_OfTwoBoxes_LeavesTheCrossTermsOut()
    {
        using var scope = NewDisposeScope();
        Tensor psi = zeros([24, 24, 40], ScalarType.ComplexFloat32);
        psi[10..14, 10..14, 10..14] = 1;
        psi[10..14, 10..14, 24..28] = 1;
        using DiffractionPattern pattern = Pattern(psi);

        bool[] inside = Autocorrelation.Of(pattern).CentralComponent(0.01);

        // The boxes are 14 apart, their autocorrelations 7 wide with (1/4)^3 in the corners: only the central one is connected.
        Assert.Equal(7 * 7 * 7, inside.Count(voxel => voxel));
        Assert.True(inside[(((12 * 24) + 12) * 40) + 20]);
    }

    private static DiffractionPattern Box(long[] shape, int depth, int height, int width)
    {
        Tensor psi = zeros(shape, ScalarType.ComplexFloat32);
        psi.narrow(0, (shape[0] - depth) / 2, depth)
            .narrow(1, (shape[1] - height) / 2, height)
            .narrow(2, (shape[2] - width) / 2, width)
            .fill_(100);
        return Pattern(psi);
    }

    private static DiffractionPattern Pattern(Tensor psi) =>
        new(ForwardModel.Propagate(psi).abs().square(), zeros_like(psi, ScalarType.Bool));
}
