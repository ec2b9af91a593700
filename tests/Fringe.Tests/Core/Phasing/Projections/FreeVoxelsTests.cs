using Fringe.Core.Phasing;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

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

        // At most one block of 27 more than wanted.
        double wanted = fraction * pattern.Mask.logical_not().sum().item<long>();
        Assert.InRange(held, wanted - 1, wanted + 27);
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

        // Opening with the block (eroding, then dilating) keeps what is a union of whole blocks; beyond the faces all is held.
        Tensor padded = nn.functional.pad(held.unsqueeze(0).unsqueeze(0), [1, 1, 1, 1, 1, 1], value: 1);
        Tensor eroded = -nn.functional.max_pool3d(-padded, [3, 3, 3], [1, 1, 1]);
        Tensor opened = nn.functional.max_pool3d(eroded, [3, 3, 3], [1, 1, 1], [1, 1, 1]).squeeze();
        Assert.True(held.sum().item<float>() > 27);
        Assert.True(opened.Equals(held));
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
        Tensor mask = Tensors.RandomFlags(1, masked, 36, 40, 32);
        return new DiffractionPattern(ones(36, 40, 32).masked_fill(mask, 0), mask);
    }
}
