using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Instrument;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation.Instrument;

/// <summary>What is counted beside the crystal's pattern has the photons, the place and the form that it says.</summary>
public sealed class StraySignalTests
{
    private const int Size = 32;

    [Fact]
    public void NeighbourPeak_Expect_HasItsPhotonsAboutItsPlace()
    {
        using var scope = NewDisposeScope();
        ModelCrystal other = new(Polyhedron.Draw(new Random(5), new Axes3<double>(9, 10, 12)), []);

        Tensor expected = new NeighbourPeak(other, new(3, -6, 8), 5e5).Expect(Size);

        Assert.Equal(5e5, expected.sum().item<double>(), 1e-3);
        Assert.Equal((19 * Size * Size) + (10 * Size) + 24, expected.argmax().item<long>());
        Assert.True(expected.ge(0).all().item<bool>());
    }

    [Fact]
    public void SlopedBackground_Expect_GrowsEvenlyFromNothing()
    {
        using var scope = NewDisposeScope();

        Tensor expected = new SlopedBackground(0.5, new Vector3D(0.6, 0, -0.8)).Expect(Size);

        // One row more lies below the middle than above it.
        Assert.Equal(0.5, expected.mean().item<double>(), 0.02);
        Assert.Equal(0, expected.min().item<double>(), 0.02);
        Assert.InRange(expected.max().item<double>(), 0.95, 1);
        double along = (expected[10, 5, 21] - expected[10, 5, 20]).item<double>();
        double down = (expected[11, 5, 21] - expected[10, 5, 21]).item<double>();
        Assert.True(along > 0);
        Assert.Equal(-0.8 / 0.6, down / along, 1e-9);
        Assert.Equal(0, (expected[10, 6, 21] - expected[10, 5, 21]).item<double>(), 1e-12);
    }

    [Fact]
    public void Streak_Expect_IsALineOfItsPhotonsAndWidth()
    {
        using var scope = NewDisposeScope();

        Tensor expected = new Streak(new Vector3D(0, 4, -3), new Vector3D(1, 0, 0), 1.2, 1e5).Expect(Size);

        Assert.Equal(1e5, expected.sum().item<double>(), 1e-4);
        Tensor across = expected[13, TensorIndex.Colon, 9];
        Assert.Equal(20, across.argmax().item<long>());
        Tensor distance = arange(Size, ScalarType.Float64) - 20;
        Assert.Equal(1.44, ((across * distance.square()).sum() / across.sum()).item<double>(), 1e-6);
        Assert.Equal(0, (expected[13, 20, 3] - expected[13, 20, 25]).item<double>(), 1e-9);
    }

    [Fact]
    public void BrightPixels_Expect_AreSoManyAndTheSameInEveryFrame()
    {
        using var scope = NewDisposeScope();

        Tensor expected = new BrightPixels(7, 20, 300, 3000).Expect(Size);
        Tensor other = new BrightPixels(8, 20, 300, 3000).Expect(Size);

        Assert.Equal(20 * Size, expected.ne(0).sum().item<long>());
        Assert.True((expected - expected[0]).eq(0).all().item<bool>());
        Tensor rates = expected.masked_select(expected.ne(0));
        Assert.InRange(rates.min().item<double>(), 300, 1000);
        Assert.InRange(rates.max().item<double>(), 1000, 3000);
        Assert.False(expected.ne(0).Equals(other.ne(0)));
    }

    [Fact]
    public void BeamStop_Mask_HidesItsDiscInEveryFrame()
    {
        using var scope = NewDisposeScope();

        Tensor mask = new BeamStop(3).Mask(Size);

        // 29 whole numbers of rows and columns lie no farther than 3.
        Assert.Equal([Size, Size, Size], mask.shape);
        Assert.Equal(29 * Size, mask.sum().item<long>());
        Assert.True(mask[0, 16, 19].item<bool>());
        Assert.True(mask[31, 13, 16].item<bool>());
        Assert.False(mask[16, 16, 20].item<bool>());
    }
}
