using Fringe.Core.Phasing;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class FreeVoxelsTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Choose_Fraction_HoldsThatShareOfTheMeasured(double fraction)
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern(0.25);

        double held = FreeVoxels.Choose(pattern, fraction, 1).sum().item<long>();

        // Blocks are drawn one by one: four standard deviations of their number.
        double share = held / pattern.Mask.logical_not().sum().item<long>();
        double blocks = pattern.Mask.numel() / 27.0;
        double deviation = Math.Sqrt(fraction * (1 - fraction) / blocks);
        Assert.InRange(share, fraction - (4 * deviation), fraction + (4 * deviation));
    }

    [Fact]
    public void Choose_AnySeed_LeavesMaskAndPeakAlone()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern(0.25);
        for (int seed = 0; seed < 5; seed++)
        {
            Tensor held = FreeVoxels.Choose(pattern, 0.3, seed);

            Assert.Equal(0, held.logical_and(pattern.Mask).sum().item<long>());
            // A sixteenth of each axis about the centre.
            Tensor peak = held[15..22, 18..23, 14..19];
            Assert.Equal(0, peak.narrow(0, 1, 5).sum().item<long>());
        }
    }

    [Fact]
    public void Choose_WithoutMask_TakesWholeBlocks()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern(0);

        Tensor held = FreeVoxels.Choose(pattern, 0.02, 3).to(ScalarType.Float32);

        Tensor whole = held;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] first = [.. Enumerable.Range(0, (int)held.shape[axis]).Select(place => (long)(place / 3 * 3))];
            whole = whole.index_select(axis, tensor(first));
        }

        Assert.True(held.sum().item<float>() > 27);
        Assert.True(whole.Equals(held));
    }

    // A judge that had been fitted says nothing: of a crop that follows the peak, what is free now was free before, or not there.
    [Fact]
    public void Choose_CropThatMoves_KeepsJudgesUnseen()
    {
        using var scope = NewDisposeScope();
        FreeVoxels voxels = new(0.1, 1);
        HashSet<(int, int, int)> fitted = [];
        int kept = 0;
        foreach (
            int[] origin in (int[][])
                [
                    [-18, -20, -16],
                    [-17, -20, -16],
                    [-14, -22, -13],
                    [-20, -16, -17],
                ]
        )
        {
            using DiffractionPattern crop = Pattern(0.1);
            using DiffractionPattern pattern = new(crop.Intensity.clone(), crop.Mask.clone()) { Origin = origin };
            bool[] free = voxels.Choose(pattern).ToBooleans();
            bool[] mask = pattern.Mask.ToBooleans();
            List<(int, int, int)> seen = [];
            for (int i = 0; i < free.Length; i++)
            {
                var place = (origin[0] + (i / (40 * 32)), origin[1] + (i / 32 % 40), origin[2] + (i % 32));
                Assert.False(free[i] && fitted.Contains(place), $"{place} judges though it was fitted");
                kept += free[i] ? 1 : 0;
                if (!free[i] && !mask[i])
                {
                    seen.Add(place);
                }
            }

            fitted.UnionWith(seen);
        }

        Assert.True(kept > 4 * 2000, $"{kept} voxels judge in four patterns");
    }

    [Fact]
    public void Choose_SameSeed_IsTheSameAndOtherSeedIsNot()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = Pattern(0.1);

        Tensor first = FreeVoxels.Choose(pattern, 0.05, 7);

        Assert.True(first.Equals(FreeVoxels.Choose(pattern, 0.05, 7)));
        Assert.False(first.Equals(FreeVoxels.Choose(pattern, 0.05, 8)));
    }

    [Fact]
    public void Choose_AllMaskedButTheCentre_Ends()
    {
        using var scope = NewDisposeScope();
        Tensor mask = ones([32, 32, 32], ScalarType.Bool);
        mask[15..18, 15..18, 15..18] = false;
        using DiffractionPattern pattern = new(ones(32, 32, 32), mask);

        Assert.Equal(0, FreeVoxels.Choose(pattern, 0.5, 1).sum().item<long>());
    }

    private static DiffractionPattern Pattern(double masked)
    {
        using var scope = NewDisposeScope();
        Tensor mask = TestTensors.RandomFlags(1, masked, 36, 40, 32);
        return new DiffractionPattern(ones(36, 40, 32).masked_fill(mask, 0), mask);
    }
}
