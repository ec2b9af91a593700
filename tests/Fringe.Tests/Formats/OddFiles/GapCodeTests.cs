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

    // A dark frame was subtracted, or a monitor or an absorber divided out: no number is another's any more.
    [Theory]
    [InlineData("d[:, :, 36:40] = 65535; d -= rng.normal(3, 0.5, d.shape)", 4)]
    [InlineData("d[:, :, 36:40] = 65535; d -= rng.normal(300, 40, (48, 48))", 4)]
    [InlineData("d[:, :, 36:40] = 2 ** 32 - 1; d /= 1 + 0.05 * rng.random((41, 1, 1))", 4)]
    [InlineData("d[:, :, 36:40] = 65535; d /= np.where(abs(np.arange(41) - 20) < 8, 1, 0.1)[:, None, None]", 4)]
    [InlineData("d[:, :, 36:40] = 65535; d[:, :, 35] = (d[:, :, 34] + 65535) / 2; d[:, :, 40] = 65535 / 2", 6)]
    [InlineData("d[:, :, 36:40] = 123456; d[::2, :, 36:40] = 123400", 4)]
    [InlineData("d[:, :, 36:40] = 4711; d[5::7, :, 36:40] = 0", 4)]
    [InlineData("d[:, :, 26:28] = 65535; d -= rng.normal(3, 0.5, d.shape)", 2)]
    public void Read_CodeThatIsNoConstantAnyMore_IsMasked(string codes, int columns)
    {
        files.Make($"rng = np.random.default_rng(5); d = stack('f8'); {codes}; np.save('scan.npy', d.astype('f4'))");

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.Equal(columns * 48, outcome.Summary.GapPixels);
        Assert.Null(outcome.Summary.BrightBand);
        Assert.InRange(outcome.Summary.Peak[0], 19, 21);
        Assert.InRange(outcome.Summary.Peak[2], 24, 28);
    }

    [Fact]
    public void Read_LargeConstantInFiveFrames_IsMasked()
    {
        files.Make("d = stack('f4')[18:23]; d[:, :, 36:40] = 1e9; np.save('scan.npy', d)");

        Assert.Equal(4 * 48, files.Read("scan.npy").IsRight(frame: 2, share: 0.527).Summary.GapPixels);
    }

    // Nothing tells such codes from counts but their place.
    [Theory]
    [InlineData("d[:, :, 36:40] = rng.poisson(5000, (41, 48, 4))", "columns 36-39")]
    [InlineData("d[:, 7] = rng.poisson(5000, (41, 48))", "row 7")]
    public void Read_BandFromEndToEndThatFlickers_IsNoted(string codes, string which)
    {
        files.Make($"rng = np.random.default_rng(5); d = stack(); {codes}; np.save('scan.npy', d)");

        files.Read("scan.npy").Says($"a straight band from end to end, {which}");
    }
}
