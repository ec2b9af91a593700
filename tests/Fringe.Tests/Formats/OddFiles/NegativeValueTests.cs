namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Values below 0: the noise that subtracting a dark frame leaves, or flags.</summary>
public sealed class NegativeValueTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("stack('f4') + rng.normal(0, 1.5, (41, 48, 48)).astype('f4')")]
    [InlineData("stack('f8') + rng.normal(0, 20, (41, 48, 48))")]
    [InlineData("stack('i4') + rng.poisson(9, (41, 48, 48)) - 9")]
    public void Read_NoiseAboutZero_IsMeasured(string values)
    {
        files.Make($"rng = np.random.default_rng(5); np.save('scan.npy', {values})");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("scatter below 0");

        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
        Assert.Equal(0, outcome.Summary.InvalidVoxels);
        Assert.InRange(outcome.Summary.ZeroedVoxels, 20_000, 60_000);
    }

    [Fact]
    public void Read_Flags_AreMasked()
    {
        files.Make("d = stack('i4'); d[:, :, 36:40] = -1; d[:, 10, 12] = -2; d[7, 3, 3] = -2; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").IsRight();

        Assert.Equal((4 * 48) + 1, outcome.Summary.GapPixels);
        Assert.Equal(1, outcome.Summary.InvalidVoxels);
        Assert.Equal(0, outcome.Summary.ZeroedVoxels);
    }

    // A detector's gap in a stack that a dark frame was subtracted from.
    [Fact]
    public void Read_FlagsAmongNoise_AreMasked()
    {
        files.Make(
            """
            rng = np.random.default_rng(5)
            d = stack("f4") + rng.normal(0, 1.5, (41, 48, 48)).astype("f4")
            d[:, :, 36:40] = -1000
            d[9, 9, 9] = -5000
            np.save("scan.npy", d)
            """
        );

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.Equal(4 * 48, outcome.Summary.GapPixels);
        Assert.Equal(1, outcome.Summary.InvalidVoxels);
    }

    // Whole numbers as flags are, but in other pixels in every frame.
    [Theory]
    [InlineData("np.rint(stack('f8') + rng.normal(0, 0.5, (41, 48, 48))).astype('i4')", 9_000, 20_000)]
    [InlineData("np.rint(stack('f8') + rng.normal(0, 0.3, (41, 48, 48))).astype('i2')", 2_500, 6_000)]
    [InlineData("np.maximum(np.rint(stack('f8') + rng.normal(0, 1.5, (41, 48, 48))), -1)", 20_000, 40_000)]
    public void Read_NoiseOfOneOrTwoNumbers_IsMeasured(string values, int least, int most)
    {
        files.Make($"rng = np.random.default_rng(5); np.save('scan.npy', {values})");

        OddFile.Outcome outcome = files.Read("scan.npy").IsRight().Says("scatter below 0");

        Assert.Equal((0, 0), (outcome.Summary.InvalidVoxels, outcome.Summary.GapPixels));
        Assert.InRange(outcome.Summary.ZeroedVoxels, least, most);
        Assert.False(outcome.Summary.IsShifted);
    }

    [Fact]
    public void Read_ConstantSubtracted_IsMeasuredAndSaidSo()
    {
        files.Make("d = stack('i4') - 1; d[:, :, 36:40] = -9; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").IsRight().Says("more was subtracted from the counts");

        Assert.Equal(4 * 48, outcome.Summary.GapPixels);
        Assert.Equal(0, outcome.Summary.InvalidVoxels);
    }

    // The gap's flag is the number that noise has too.
    [Fact]
    public void Read_FlagThatNoiseHoldsToo_IsMaskedInTheGapAlone()
    {
        files.Make(
            "d = np.rint(stack('f8') + np.random.default_rng(5).normal(0, 0.5, (41, 48, 48))); d[:, :, 36:40] = -1; np.save('scan.npy', d.astype('i4'))"
        );

        OddFile.Outcome outcome = files.Read("scan.npy").IsRight();

        Assert.Equal(4 * 48, outcome.Summary.GapPixels);
        Assert.Equal(0, outcome.Summary.InvalidVoxels);
    }

    // A module that was not read in some frames, flagged by the detector, and pixels that are flagged now and then.
    [Fact]
    public void Read_FlagsInSomeFramesOnly_AreMasked()
    {
        files.Make(
            """
            d = stack("i4")
            d[:, :, 36:40] = -1
            d[12:16, :24] = -1
            d[:, 3, 3] = -2
            d[5, 5, 9] = -4
            d[7, 5, 9] = -5
            d[20, 22, 27] = -6
            np.save("scan.npy", d)
            """
        );

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.Equal((4 * 48) + 1, outcome.Summary.GapPixels);
        Assert.Equal((4 * 24 * 44) - 4 + 3, outcome.Summary.InvalidVoxels);
        Assert.Equal((0, 0), (outcome.Summary.ZeroedVoxels, outcome.Summary.CraterVoxels));
    }

    [Theory]
    [InlineData("np.rint(stack('f8') + rng.normal(0, 1.5, (41, 48, 48))).astype('i8').astype('u2')")]
    [InlineData("np.rint(stack('f8') + rng.normal(0, 0.5, (41, 48, 48))).astype('i8').astype('u4')")]
    [InlineData("np.rint(stack('f8', peak=90) + rng.normal(0, 1.5, (41, 48, 48))).astype('i8').astype('u1')")]
    [InlineData("stack('u2') - np.uint16(1)")]
    public void Read_NumbersThatWrappedRoundBelowZero_CountAsZeroAndAreSaidSo(string values)
    {
        files.Make($"rng = np.random.default_rng(5); np.save('scan.npy', {values})");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("wrapped round");

        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
        Assert.InRange(outcome.Summary.WrappedVoxels, 9_000, 90_000);
        Assert.True(outcome.Summary.Photons < 1.1 * OddFile.Photons);
        Assert.InRange(outcome.Summary.SaturatedVoxels + outcome.Summary.GapPixels, 0, 100);
    }
}
