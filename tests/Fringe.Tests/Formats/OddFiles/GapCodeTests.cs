namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Numbers that stand for "no detector here", whatever the type of the file.</summary>
public sealed class GapCodeTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("f4", "2 ** 32 - 1")]
    [InlineData("f8", "2 ** 32 - 1")]
    [InlineData("f4", "2 ** 32 - 2")]
    [InlineData("f4", "2 ** 31 - 1")]
    [InlineData("i8", "2 ** 32 - 1")]
    [InlineData("i4", "65535")]
    [InlineData("u2", "65534")]
    [InlineData("u4", "2 ** 32 - 2")]
    [InlineData("i4", "2 ** 31 - 1")]
    [InlineData("f4", "65535")]
    [InlineData("f4", "4095")]
    [InlineData("u4", "2 ** 20 - 1")]
    [InlineData("u4", "2 ** 24 - 1")]
    [InlineData("u4", "123456")]
    [InlineData("i4", "-1")]
    [InlineData("f4", "-2")]
    [InlineData("f4", "-1e30")]
    [InlineData("f4", "np.nan")]
    public void Read_CodeInTheColumnsOfAGap_IsMasked(string type, string code)
    {
        files.Make($"d = stack('{type}'); d[:, :, 36:40] = {code}; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").IsRight();

        bool isInvalid = code == "np.nan";
        Assert.Equal(isInvalid ? 0 : 4 * 48, outcome.Summary.GapPixels);
        Assert.Equal(isInvalid ? 4 * 48 * 41 : 0, outcome.Summary.InvalidVoxels);
    }

    // The gap of the modules and defective pixels have codes of their own, and a frame is missing.
    [Fact]
    public void Read_SeveralCodesAndALostFrame_AreMasked()
    {
        files.Make(
            """
            d = stack("u4")
            d[:, 30:33, :] = 2 ** 32 - 1
            d[:, 5, 7] = d[:, 22, 20] = 2 ** 32 - 2
            d[23, :30] = 0
            d[23, 33:] = 0
            np.save("scan.npy", d)
            """
        );

        OddFile.Outcome outcome = files.Read("scan.npy").Says("frame 23");

        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
        Assert.Equal((3 * 48) + 2, outcome.Summary.GapPixels);
        Assert.Equal([23], outcome.Summary.LostFrames);
    }

    [Theory]
    [InlineData("f4")]
    [InlineData("i4")]
    public void Read_CountThatIsACodeByChance_IsACount(string type)
    {
        files.Make($"d = stack('{type}', peak=90000); d[19, 20, 24] = 65535; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
        Assert.Equal(
            (0, 0, 0),
            (outcome.Summary.GapPixels, outcome.Summary.SaturatedVoxels, outcome.Summary.InvalidVoxels)
        );
    }

    // uint32 that became float32 keeps the number for "saturated" in the peak's voxels alone.
    [Theory]
    [InlineData("f4", "2 ** 32 - 1")]
    [InlineData("i4", "65535")]
    public void Read_CodeInTheBrightestVoxels_IsSaturation(string type, string code)
    {
        files.Make(
            $"d = stack('{type}', peak=60000); d[d > 55000] = {code}; np.save('scan.npy', d); print((d == np.array({code}, d.dtype)).sum())"
        );

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.InRange(outcome.Summary.SaturatedVoxels, 5, 200);
        Assert.InRange(outcome.Summary.Peak[0], 19, 21);
    }

    [Theory]
    [InlineData("curve()")]
    [InlineData("curve() + 150")]
    [InlineData("np.round(curve())")]
    public void Read_IntensityWithoutNoise_IsMeasuredThroughout(string values)
    {
        files.Make($"np.save('scan.npy', ({values}).astype('f4'))");

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
        Assert.Equal(41, outcome.Summary.MeasuredFrames);
        Assert.Equal(0, outcome.Summary.GapPixels);
    }
}
