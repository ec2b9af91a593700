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
}
