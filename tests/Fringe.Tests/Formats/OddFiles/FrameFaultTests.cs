namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Frames that were lost or written twice.</summary>
public sealed class FrameFaultTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("d[21] = 0", new[] { 21 })]
    [InlineData("d[20] = 0; d[19] = 0", new[] { 19, 20 })]
    [InlineData("d[15] = 0; d[26] = 0", new[] { 15, 26 })]
    public void Read_FrameWithoutACountAmongBrightOnes_IsMasked(string loss, int[] frames)
    {
        files.Make($"d = stack(); {loss}; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("not measured, and masked");

        Assert.Equal(frames, outcome.Summary.LostFrames);
        Assert.Equal(41 - frames.Length, outcome.Summary.MeasuredFrames);
        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
    }

    // The faintest frames between which a lost one shows.
    [Fact]
    public void Read_FrameWithoutACountAmongFaintOnes_IsMasked()
    {
        files.Make(
            """
            d = stack("u4", peak=1.5)
            d[20] = 0
            np.save("scan.npy", d)
            assert all(20 <= d[i].sum() < 100 for i in (19, 21)), d.sum((1, 2))
            """
        );

        Assert.Contains(20, files.Read("scan.npy").Summary.LostFrames);
    }

    // A file made for 41 frames before the scan, and stopped in the middle of the peak.
    [Fact]
    public void Read_EmptyFramesAfterABrightOne_AreMasked()
    {
        files.Make("d = stack(); d[22:] = 0; np.save('scan.npy', d)");

        Assert.Equal(Enumerable.Range(22, 19), files.Read("scan.npy").Summary.LostFrames);
    }

    [Theory]
    [InlineData("d[24] = d[23]", new[] { 24 })]
    [InlineData("d[24] = d[23]; d[25] = d[23]", new[] { 24, 25 })]
    [InlineData("d[27] = d[13]", new[] { 27 })]
    [InlineData("d = d - 1.5 + np.random.default_rng(2).normal(0, 1.5, d.shape); d[24] = d[23]", new[] { 24 })]
    [InlineData("d = d / np.random.default_rng(2).uniform(0.8, 1.25, (48, 48)); d[24] = d[23]", new[] { 24 })]
    public void Read_FrameThatRepeatsAnother_IsMasked(string fault, int[] frames)
    {
        files.Make($"d = stack(); {fault}; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("bit for bit");

        Assert.Equal(frames, outcome.Summary.RepeatedFrames);
    }

    [Fact]
    public void Read_EmptyFramesBeyondTheCurve_MayBeReal()
    {
        files.Make("np.save('scan.npy', np.concatenate([stack(), np.zeros((20, 48, 48), 'u4')]))");

        Assert.Equal(61, files.Read("scan.npy").IsRight().Summary.MeasuredFrames);
    }

    // The frames beyond the curve hold nothing but what was added to all.
    [Fact]
    public void Read_BackgroundThatWasAdded_MakesNoFrameARepeatedOne()
    {
        files.Make("np.save('scan.npy', (stack() + 100).astype('f4'))");

        Assert.Equal(41, files.Read("scan.npy").Summary.MeasuredFrames);
    }

    // A count here and there between frames without any is what a weak tail looks like.
    [Fact]
    public void Read_FaintTail_IsMeasured()
    {
        files.Make("d = stack('u4', peak=5); np.save('scan.npy', d); assert (d.sum((1, 2)) == 0).any()");

        Assert.Equal(41, files.Read("scan.npy").Summary.MeasuredFrames);
    }

    // What others hold must not be told from what hot pixels, noise or a gap's codes hold.
    [Theory]
    [InlineData(
        "d[:, 3, 3] = rng.poisson(50, 41); d[:, 40, 7] = rng.poisson(50, 41); k = d[21].copy(); d[21] = 0; d[21, 3, 3] = k[3, 3]; d[21, 40, 7] = k[40, 7]"
    )]
    [InlineData("d = d + rng.normal(0, 1.5, d.shape); d[21] = rng.normal(0, 1.5, (48, 48))")]
    [InlineData("d = d + 100 + rng.normal(0, 3, d.shape); d[21] = 100 + rng.normal(0, 3, (48, 48))")]
    [InlineData("d = d + rng.poisson(1, d.shape); d[21] = rng.poisson(1, (48, 48))")]
    public void Read_FrameThatHoldsNoMoreThanNoise_IsMasked(string loss)
    {
        files.Make($"rng = np.random.default_rng(4); d = stack('f8'); {loss}; np.save('scan.npy', d.astype('f4'))");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("no more than noise and hot pixels");

        Assert.Equal([21], outcome.Summary.LostFrames);
        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
    }

    // The file's mask, and the one that is given, are known before frames are compared.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_LostAndRepeatedFramesUnderFlickeringCodes_AreFound(bool isOwn)
    {
        files.Make(
            """
            import h5py
            rng = np.random.default_rng(4)
            d = stack()
            d[21] = 0
            d[24] = d[23]
            d[:, :, 36:40] = rng.poisson(123456, (41, 48, 4))
            d[38:, :, 36:40] = 123456
            m = np.zeros((48, 48), "u1")
            m[:, 36:40] = 1
            np.save("mask.npy", m)
            with h5py.File("own.h5", "w") as f:
                f["entry/data/data"] = d
                f["entry/data/mask"] = m
            np.save("given.npy", d)
            """
        );

        OddFile.Outcome outcome = isOwn
            ? files.Read("own.h5")
            : files.Read("given.npy", new() { MaskPath = files["mask.npy"] });

        Assert.Equal([21], outcome.Summary.LostFrames);
        Assert.Equal([24], outcome.Summary.RepeatedFrames);
        Assert.Equal([20, 22, 26], outcome.Summary.Peak);
    }

    [Theory]
    [InlineData("d[20, 22:] = 0", new[] { 20 })]
    [InlineData("d[18:23, :, 24:] = 0", new[] { 18, 19, 20, 21, 22 })]
    [InlineData("d[21, 22:30] = 0", new[] { 21 })]
    [InlineData("d[19, :24, :24] = 0", new[] { 19 })]
    [InlineData("d[20:, 22:] = 0", new[] { 20 })]
    public void Read_ModuleThatWasNotRead_IsMaskedInItsFrames(string loss, int[] frames)
    {
        files.Make($"d = stack(); {loss}; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("a module that was not read");

        Assert.Equal(frames, outcome.Summary.LostParts.Take(frames.Length));
        Assert.Empty(outcome.Summary.LostFrames);
        Assert.All(outcome.Summary.Peak.Zip([20, 22, 26]), pair => Assert.InRange(pair.First - pair.Second, -3, 1));
        Assert.True(outcome.Summary.MaskedFraction > 0.005);
    }

    [Fact]
    public void Read_FrameManyTimesTooWeak_IsNoted()
    {
        files.Make("d = stack(); d[21] = np.random.default_rng(4).binomial(d[21], 0.1); np.save('scan.npy', d)");

        Assert.Equal([21], files.Read("scan.npy").Says("less than a fifth of its counts").Summary.WeakFrames);
    }

    [Theory]
    [InlineData("np.repeat(stack(), 2, 0)", 27)]
    [InlineData("np.repeat(stack()[::2], 2, 0)", 14)]
    [InlineData("np.concatenate([stack(), stack()])", 27)]
    public void Read_ManyRepeatedFrames_AreMaskedAndSaidSo(string values, int least)
    {
        files.Make($"np.save('scan.npy', {values})");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("So many are repeated");

        Assert.InRange(outcome.Summary.RepeatedFrames.Count, least - 3, least + 3);
    }

    [Fact]
    public void Read_RepeatedFramesWithAStamp_AreMasked()
    {
        files.Make(
            """
            d = stack()
            d[24] = d[23]
            for i in range(41):
                d[i, 0, :4] = [0, 0, i // 10, i % 10]
            np.save("scan.npy", d)
            """
        );

        Assert.Equal([24], files.Read("scan.npy").Summary.RepeatedFrames);
    }
}
