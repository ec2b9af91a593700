using System.Diagnostics;
using BitMiracle.LibTiff.Classic;
using Fringe.Formats.Arrays;
using Fringe.Tests.Fixtures;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Fringe.Tests.Formats.Frames;

/// <summary>Folders and globs of TIFF frames.</summary>
public sealed class FrameSeriesTests
{
    private const string S54 = "/work/shared/data/s54-raw";

    [Fact]
    public void ReadVolume_Folder_OrdersByNumberAndIgnoresOtherFiles()
    {
        using TemporaryFolder folder = Frames(1, 2, 10, 3, 4, 5, 6, 7, 8, 9);
        File.WriteAllText(folder.File("notes.txt"), "ignored");

        MeasuredStack stack = Reading.Volume(folder.Path);

        Assert.Equal("TIFF frames", stack.Source.Format);
        Assert.Equal(
            Enumerable.Range(1, 10).Select(n => (float)n),
            Enumerable.Range(0, 10).Select(z => stack.Intensity[z, 1, 2])
        );
    }

    [Fact]
    public void ReadVolume_Glob_TakesWhatMatches()
    {
        using TemporaryFolder folder = Frames(1, 2, 3, 14, 15);

        Assert.Equal(3, Reading.Volume(folder.File("frame?.tif")).Intensity.Depth);
        Assert.Equal(2, Reading.Volume(folder.File("frame1?.tif")).Intensity.Depth);
    }

    [Fact]
    public void ReadVolume_EveryTenth_IsComplete()
    {
        using TemporaryFolder folder = Frames(10, 20, 30);

        Assert.Equal(3, Reading.Volume(folder.Path).Intensity.Depth);
    }

    [Fact]
    public void ReadVolume_MissingFrame_NamesIt()
    {
        using TemporaryFolder folder = Frames(1, 2, 4, 5);

        Assert.Contains(
            "a frame is missing in the numbering: frame3.tif",
            Reading.Error(folder.Path),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ReadVolume_ManyMissingFrames_NamesTheFirstAndCounts()
    {
        using TemporaryFolder folder = Frames(1, 2, 1_000_000);

        string line = Reading.Error(folder.Path);
        Assert.Contains("999997 frames are missing", line, StringComparison.Ordinal);
        Assert.Contains("frame3.tif, frame4.tif", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVolume_UnequalFrames_NamesTheFile()
    {
        using TemporaryFolder folder = Frames(1, 2);
        WriteFrame(folder.File("frame3.tif"), 3, 4, 3);

        string line = Reading.Line(folder.File("frame3.tif"), () => Reading.Volume(folder.Path));
        Assert.Contains("4 x 3 uint16 but frame1.tif is 3 x 5", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVolume_OneFrame_SaysLengthOne()
    {
        using TemporaryFolder folder = Frames(1);

        Assert.Contains(
            "holds only one TIFF file; a rocking curve needs at least 2 frames. If ",
            Reading.Error(folder.File("*.tif")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ReadVolume_StrayFile_IsNamed()
    {
        using TemporaryFolder folder = Frames(1, 2, 3);
        WriteFrame(folder.File("dark.tif"), 5, 3, 0);

        Assert.Contains("dark.tif does not fit", Reading.Error(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVolume_EmptyFolderOrGlob_SaysSo()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("the folder is empty", Reading.Error(folder.Path), StringComparison.Ordinal);
        Assert.Contains("no file matches", Reading.Error(folder.File("*.tif")), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVolume_FolderOfOtherFrames_SaysWhatIsThere()
    {
        using var folder = new TemporaryFolder();
        folder.File("scan_1.sfrm", "FORMAT :100");
        folder.File("scan_2.sfrm", "FORMAT :100");
        folder.File("notes.txt", "two frames");

        string line = Reading.Error(folder.Path);
        Assert.Contains("no file ends in .tif, .tiff, .edf, .cbf, most end in .sfrm", line, StringComparison.Ordinal);
        Assert.Contains("as with fabio", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVolume_FrameThatIsNoTiff_NamesIt()
    {
        using TemporaryFolder folder = Frames(1, 2);
        File.WriteAllText(folder.File("frame3.tif"), "text");

        Reading.Line(folder.File("frame3.tif"), () => Reading.Volume(folder.Path));
    }

    [Fact]
    public void ReadVolume_S54Frames_HasItsCountsAndSentinels()
    {
        Assert.SkipUnless(Directory.Exists(S54), "the measured data are not on this machine");

        var clock = Stopwatch.StartNew();
        MeasuredStack stack = Reading.Volume($"{S54}/frames");
        TestContext.Current.TestOutputHelper?.WriteLine($"S54 loaded in {clock.ElapsedMilliseconds} ms");

        Assert.Equal((201, 256, 256), (stack.Intensity.Depth, stack.Intensity.Height, stack.Intensity.Width));
        Assert.Equal(165_297, stack.Intensity.Values.Max());
        Assert.InRange(stack.Intensity.Values.Select(value => (double)value).Sum(), 4.5e7, 4.7e7);
        Assert.Equal(
            (512, 512),
            (Reading.Image($"{S54}/dark.tif").Height, Reading.Image($"{S54}/whitefield.tif").Width)
        );
    }

    private static TemporaryFolder Frames(params int[] numbers)
    {
        var folder = new TemporaryFolder();
        foreach (int number in numbers)
        {
            WriteFrame(folder.File($"frame{number}.tif"), 5, 3, (ushort)number);
        }

        return folder;
    }

    private static void WriteFrame(string file, int width, int height, ushort value)
    {
        using LibTiff tiff = LibTiff.Open(file, "w");
        tiff.SetField(TiffTag.IMAGEWIDTH, width);
        tiff.SetField(TiffTag.IMAGELENGTH, height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 16);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        byte[] row = new byte[2 * width];
        for (int x = 0; x < width; x++)
        {
            BitConverter.TryWriteBytes(row.AsSpan(2 * x), value);
        }

        for (int y = 0; y < height; y++)
        {
            tiff.WriteScanline(row, y);
        }
    }
}
