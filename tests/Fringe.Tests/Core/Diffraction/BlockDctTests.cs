using Fringe.Core.Diffraction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

/// <summary>Down-sampling by a block-wise cosine transform: exact cases, and scipy's.</summary>
[Collection(TensorTests.Name)]
public sealed class BlockDctTests
{
    // scipy.fft: idctn(dctn(v, norm='ortho')[:2, :3, :6], norm='ortho') * sqrt(2/4 * 3/6 * 6/12).
    private static readonly float[] WholeAxes =
    [
        29.83287f,
        47.38134f,
        44.78030f,
        64.61250f,
        54.69988f,
        53.34531f,
        58.67796f,
        37.49230f,
        33.01202f,
        40.79272f,
        43.73610f,
        50.05167f,
        54.37278f,
        64.08792f,
        57.41198f,
        57.95710f,
        39.15494f,
        59.50218f,
        24.93694f,
        48.66098f,
        50.60424f,
        60.31155f,
        47.80218f,
        58.17183f,
        48.09568f,
        54.18876f,
        40.55415f,
        44.15889f,
        47.50095f,
        57.85435f,
        58.30886f,
        48.71722f,
        62.56270f,
        48.61315f,
        47.59121f,
        25.58948f,
    ];

    // The same of each half along x, three coefficients there, concatenated.
    private static readonly float[] TwoBlocks =
    [
        30.19583f,
        46.18311f,
        47.31539f,
        62.07740f,
        55.89811f,
        52.98235f,
        58.33825f,
        38.74539f,
        29.01491f,
        44.78983f,
        42.48302f,
        50.39138f,
        54.88325f,
        62.42312f,
        61.06036f,
        54.30872f,
        40.81974f,
        58.99171f,
        24.53037f,
        50.11281f,
        46.33592f,
        64.57987f,
        46.35035f,
        58.57841f,
        48.05701f,
        54.35125f,
        39.88561f,
        44.82743f,
        47.33846f,
        57.89302f,
        58.71367f,
        47.24848f,
        67.10527f,
        44.07058f,
        49.05995f,
        25.18467f,
    ];

    [Fact]
    [LeakCheck]
    public void Reduce_AnyVolume_AgreesWithScipy()
    {
        using var scope = NewDisposeScope();
        float[] values = [.. Enumerable.Range(0, 4 * 6 * 12).Select(i => (float)(((37 * i * i) + (11 * i)) % 101))];
        Tensor volume = tensor(values).reshape(4, 6, 12);

        // float32 of values up to 100; the stored ones have five decimals.
        Compare(WholeAxes, BlockDct.Reduce(volume, [2, 3, 6], leastBlock: 6), 1e-4);
        Compare(TwoBlocks, BlockDct.Reduce(volume, [2, 3, 6], leastBlock: 3), 1e-4);
    }

    // 38 to 32 is one of the ratios that no block of 8 divides into whole voxels.
    [Theory]
    [InlineData(64, 32)]
    [InlineData(38, 32)]
    [InlineData(33, 32)]
    [InlineData(32, 32)]
    public void Reduce_Constant_StaysThatConstant(int length, int size)
    {
        using var scope = NewDisposeScope();
        Tensor flat = full(length, length, length, 7.5f);
        Tensor reduced = BlockDct.Reduce(flat, [size, size, size], leastBlock: 8);

        Assert.Equal([size, size, size], reduced.shape);
        Assert.InRange((reduced - 7.5f).abs().max().item<float>(), 0, 1e-4);
    }

    [Theory]
    [InlineData(3, 38)]
    [InlineData(31, 38)]
    [InlineData(5, 64)]
    [InlineData(32, 64)]
    [InlineData(40, 64)]
    public void Reduce_CosineOverOneBlock_IsSampledAsItIsOrGone(int wave, int length)
    {
        using var scope = NewDisposeScope();
        const int size = 32;
        Tensor line = tensor(Cosine(wave, length)).reshape(1, 1, length);
        Tensor reduced = BlockDct.Reduce(line, [1, 1, size], leastBlock: size);

        // The lowest 32 coefficients are kept: such a wave keeps its amplitude on the coarser grid, a faster one leaves nothing.
        float[] expected = wave < size ? Cosine(wave, size) : new float[size];
        Compare(expected, reduced, 1e-5);
    }

    [Fact]
    public void Reduce_OneCoefficientABlock_IsTheBlockMean()
    {
        using var scope = NewDisposeScope();
        Tensor volume = TestTensors.RandomReal(2, 8, 12, 16);
        Tensor means = nn.functional.avg_pool3d(volume.reshape(1, 1, 8, 12, 16), [2, 3, 4]).reshape(4, 4, 4);

        Compare(means.data<float>().ToArray(), BlockDct.Reduce(volume, [4, 4, 4], leastBlock: 1), 1e-6);
    }

    [Fact]
    public void Reduce_AnyVolume_KeepsTheMean()
    {
        using var scope = NewDisposeScope();
        Tensor volume = TestTensors.RandomReal(2, 38, 48, 64);
        Tensor reduced = BlockDct.Reduce(volume, [32, 32, 32], leastBlock: 8);

        Assert.Equal(volume.mean().item<float>(), reduced.mean().item<float>(), 1e-5);
    }

    // Blocks of whole voxels: 64 in eights, 48 in eights of 12, 38 in sixteens of 19, 33 as one.
    [Theory]
    [InlineData(64, 8)]
    [InlineData(48, 8)]
    [InlineData(38, 16)]
    [InlineData(33, 32)]
    public void BlockOf_Length_IsTheSmallestThatFits(int length, int expected) =>
        Assert.Equal(expected, BlockDct.BlockOf(length, 32, 8));

    [Fact]
    public void Reduce_ToMoreVoxelsThanThereAre_IsRefused()
    {
        using var scope = NewDisposeScope();
        Tensor volume = zeros(4, 4, 4);

        Assert.Throws<ArgumentException>(() => BlockDct.Reduce(volume, [4, 5, 4], leastBlock: 1));
        Assert.Throws<ArgumentException>(() => BlockDct.Reduce(volume, [4, 4], leastBlock: 1));
        Assert.Throws<ArgumentException>(() => BlockDct.Reduce(volume, [4, 4, 4], leastBlock: 0));
    }

    private static float[] Cosine(int wave, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)Math.Cos(Math.PI * wave * (i + 0.5) / length))];

    private static void Compare(float[] expected, Tensor found, double tolerance)
    {
        float[] values = found.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
