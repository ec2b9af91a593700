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
}
