using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Tests.Core.Preparation;

public sealed class BinningTests
{
    [Fact]
    public void Apply_Blocks_AreSummedAndTheRemainderDropped()
    {
        float[] values = [.. Enumerable.Range(0, 5 * 6 * 7).Select(i => (float)i)];
        RealVolume stack = new(values, 5, 6, 7);

        WorkingStack binned = Binning.Apply(Stacks.Working(stack), [2, 3, 2]);

        Assert.Equal([2, 2, 3], binned.Shape);
        double wanted = 0;
        for (int z = 2; z < 4; z++)
        {
            for (int y = 3; y < 6; y++)
            {
                wanted += stack[z, y, 4] + stack[z, y, 5];
            }
        }

        Assert.Equal(wanted, binned.Intensity[(1 * 6) + (1 * 3) + 2], 1e-6);
    }

    [Fact]
    public void Apply_PartlyMaskedBlock_IsScaledUpByWhatWasMeasured()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(4, 4, 4, 3));
        // Two of eight in the first block, five of eight in the next along x.
        int[] masked = [0, 1, 2, 3, 6, 7, 18];
        foreach (int index in masked)
        {
            stack.MaskOut(index);
        }

        WorkingStack binned = Binning.Apply(stack, [2, 2, 2]);

        Assert.Equal(24, binned.Intensity[0], 1e-5);
        Assert.False(binned.Mask[0]);
        Assert.True(binned.Mask[1]);
        Assert.Equal(0, binned.Intensity[1]);
    }

    [Fact]
    public void Apply_ExactlyHalfMasked_IsKept()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(2, 4, 4, 5));
        stack.MaskOut(0);

        Assert.False(Binning.Apply(stack, [1, 1, 2]).Mask[0]);
        Assert.Equal(10, Binning.Apply(stack, [1, 1, 2]).Intensity[0], 1e-6);
    }

    [Fact]
    public void Apply_FactorsTooLarge_AreRefused() =>
        Assert.Throws<InputException>(() => Binning.Apply(Stacks.Working(Stacks.Flat(4, 8, 8, 1)), [3, 1, 1]));
}
