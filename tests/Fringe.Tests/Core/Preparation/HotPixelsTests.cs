using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Tests.Core.Preparation;

public sealed class HotPixelsTests
{
    [Fact]
    public void Mask_IsolatedPixels_AreMaskedInCornersToo()
    {
        RealVolume stack = Stacks.Peak([16, 16, 16], [8, 8, 8], [4, 4, 4], 1000);
        stack[3, 0, 0] = 5000;
        stack[9, 15, 7] = 3000;
        WorkingStack working = Stacks.Working(stack);

        Assert.Equal(2, HotPixels.Mask(working));
        Assert.True(working.Mask[3 * 256] && working.Mask[(9 * 256) + (15 * 16) + 7]);
        Assert.Equal(0, working.Intensity[3 * 256]);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void Mask_BraggPeak_IsNot(double oversampling)
    {
        // The sharpest peak along every axis, exactly on a pixel and with many photons.
        double box = 24 / oversampling;
        WorkingStack working = Stacks.Working(Stacks.Peak([24, 24, 24], [12, 12, 12], [box, box, box], 1e6));

        HotPixels.Mask(working);

        Assert.False(working.Mask[(12 * 576) + (12 * 24) + 12]);
        Assert.Equal(1e6f, working.Intensity[(12 * 576) + (12 * 24) + 12]);
    }

    [Fact]
    public void Mask_SingleCountsOnAnEmptyBackground_AreKept()
    {
        RealVolume stack = Stacks.Flat(4, 8, 8, 0);
        stack[1, 3, 3] = 3;
        stack[2, 5, 5] = 19;

        Assert.Equal(0, HotPixels.Mask(Stacks.Working(stack)));
    }
}
