using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Parts of DECTRIS's files, which record the numbers of their frames.</summary>
public sealed class FrameNumberTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("(31, 41, d[30:]), (1, 30, d[:30])")]
    [InlineData("(16, 30, d[15:30]), (31, 41, d[30:]), (1, 15, d[:15])")]
    public void Read_PartsInAnotherOrder_AreSortedByTheirFramesNumbers(string parts)
    {
        Write(parts);

        Assert.Equal(41, files.Read("scan.h5").IsRight().Says("image_nr_low").Measurement.Stack.Depth);
    }

    [Fact]
    public void Read_PartsInOrder_AreReadWithoutAWordOfNumbers()
    {
        Write("(1, 30, d[:30]), (31, 41, d[30:])");

        Assert.DoesNotContain(files.Read("scan.h5").IsRight().Notes, note => note.Contains("image_nr"));
    }

    [Theory]
    [InlineData("(1, 15, d[:15]), (26, 41, d[25:])", "frames 16 to 25 are not there")]
    [InlineData("(1, 15, d[:15]), (17, 41, d[16:])", "frames 16 to 16 are not there")]
    [InlineData("(1, 20, d[:20]), (16, 41, d[15:])", "frames are there twice")]
    public void Read_FramesBetweenPartsThatAreLostOrTwice_AreNamed(string parts, string problem)
    {
        Write(parts);

        Assert.Contains(problem, files.Refusal("scan.h5"));
        files.Read("scan.h5", new MeasurementSource { Dataset = "/entry/data/data_000001" });
    }

    [Fact]
    public void Read_NumbersThatAreNotThoseOfTheFrames_AreNotFollowedButNoted()
    {
        Write("(1, 40, d[:30]), (41, 80, d[30:])");

        files.Read("scan.h5").IsRight().Says("frames 1 to 40").Says("frames 41 to 80");
    }

    [Theory]
    [InlineData("60", "None", "60 frames")]
    [InlineData("1", "50", "50 frames")]
    [InlineData("41", "1", "")]
    [InlineData("1", "41", "")]
    public void Read_FramesThatWerePlanned_AreComparedWithThoseThere(string images, string triggers, string said)
    {
        Write(
            "(1, 30, d[:30]), (31, 41, d[30:])",
            $"""
                s = f.create_group("entry/instrument/detector/detectorSpecific")
                s["nimages"] = {images}
                if {triggers} is not None: s["ntrigger"] = {triggers}
            """
        );

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight();

        if (said.Length > 0)
        {
            outcome.Says($"set to take {said}");
        }
        else
        {
            Assert.DoesNotContain(outcome.Notes, note => note.Contains("set to take"));
        }
    }

    private void Write(string parts, string more = "") =>
        files.Make(
            $"""
            import h5py
            d = stack()
            with h5py.File("scan.h5", "w") as f:
                for i, (low, high, frames) in enumerate([{parts}]):
                    p = f.create_dataset("entry/data/data_%06d" % (i + 1), data=frames)
                    p.attrs["image_nr_low"] = low
                    p.attrs["image_nr_high"] = high
            {more}
            """
        );
}
