using Fringe.Formats.Arrays;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Tiff;

/// <summary>Stacks that are not a page a frame: ImageJ's beyond 4 GB, previews, several axes (files.md, section 14).</summary>
public sealed class TiffStackTests : IDisposable
{
    private const string Preview = "new subfile type";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 4)]
    [InlineData(false, 2)]
    public void ReadVolume_OnePageOfImageJ_HasTheFramesBehindIt(bool bigEndian, int size)
    {
        TiffBytes file = new(bigEndian);
        byte[] pixels = file.Pixels(size, Frames(7).Select(value => value % 256));
        string path = Write(
            file.Page(
                3,
                4,
                pixels,
                "ImageJ=1.53t\nimages=7\nslices=7\nloop=false\n",
                [(258, 8 * size), (339, size == 4 ? 3 : 1)]
            )
        );

        MeasuredStack stack = Reading.Volume(path);

        Assert.Equal((7, 3, 4), (stack.Intensity.Depth, stack.Intensity.Height, stack.Intensity.Width));
        Assert.Equal(Frames(7).Select(value => value % 256), stack.Intensity.Values);
    }

    [Theory]
    [InlineData("ImageJ=1.11a\nimages=5\nchannels=5\nhyperstack=true\nmode=grayscale\n")]
    [InlineData("ImageJ=1.53t\nimages=5\nframes=5\nhyperstack=true\n")]
    [InlineData("SCIFIO=0.42.0\nimages=5\nslices=5\n")]
    [InlineData("{\"truncated\": true, \"shape\": [5, 3, 4]}")]
    public void ReadVolume_OnePageOfOthers_HasTheFramesBehindIt(string description) =>
        Assert.Equal(Frames(5), Reading.Volume(Write(OnePage(5, description))).Intensity.Values);

    [Fact]
    public void ReadVolume_OnePageThatTifffileWrote_HasTheFramesBehindIt() =>
        Assert.Equal(Fixture.Values(5 * 13 * 17), Reading.Volume(Fixture.File("one-page-imagej.tif")).Intensity.Values);

    [Fact]
    public void ReadVolume_OnePageCutShort_SaysHowManyFramesAreThere() =>
        Refuses(
            OnePage(5, "ImageJ=1.53t\nimages=9\n"),
            "truncated: ImageJ's description counts 9 images",
            "room for 5"
        );

    [Fact]
    public void ReadVolume_OnePageThatIsPacked_SaysWhatToDo()
    {
        TiffBytes file = new();
        file.Page(3, 4, new byte[200], "ImageJ=1.53t\nimages=5\n", (259, 32773));

        Refuses(file, "one page entry", "save the stack uncompressed");
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\nhyperstack=true\n", "ImageJ", "slices 3 x channels 2")]
    [InlineData("{\"shape\": [2, 3, 3, 4]}", "tifffile", "2 x 3")]
    [InlineData(
        "<?xml version=\"1.0\"?><OME xmlns=\"o\"><Image ID=\"I\"><Pixels ID=\"P\" SizeX=\"4\" SizeY=\"3\" SizeC=\"2\" SizeZ=\"1\" SizeT=\"3\"/></Image></OME>",
        "OME",
        "SizeT 3 x SizeC 2"
    )]
    public void ReadVolume_SeveralAxes_AreNamed(string description, string writer, string axes)
    {
        string path = Write(TiffBytes.Stack(6, 3, 4, description));

        string line = Reading.Error(path);
        Assert.Contains($"{writer}'s stack has several axes ({axes})", line, StringComparison.Ordinal);
        Assert.Contains("as a stack of its own", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=6\nslices=6\n")]
    [InlineData("ImageJ=1.53t\nimages=4\n")]
    [InlineData("{\"shape\": [6, 3, 4, 1]}")]
    [InlineData("{\"key\": 41}")]
    [InlineData("{ no JSON")]
    [InlineData("<OME><Pixels SizeX=\"4\" SizeY=\"3\" SizeC=\"1\" SizeZ=\"1\" SizeT=\"6\"/></OME>")]
    [InlineData("images=41")]
    public void ReadVolume_APageAFrame_IsReadWhateverElseItsTextSays(string description) =>
        Assert.Equal(Frames(6), Reading.Volume(Write(TiffBytes.Stack(6, 3, 4, description))).Intensity.Values);

    [Fact]
    public void ReadVolume_FewerPagesThanCounted_IsRefused() =>
        Refuses(
            TiffBytes.Stack(6, 3, 4, "ImageJ=1.53t\nimages=41\nslices=41\n"),
            "ImageJ's description counts 41 images but the file has 6 pages"
        );

    [Theory]
    [InlineData(0, 254, 1)]
    [InlineData(3, 254, 1)]
    [InlineData(6, 254, 1)]
    [InlineData(0, 255, 2)]
    [InlineData(2, 254, 4)]
    public void ReadVolume_Preview_IsSkippedWhereverItStands(int place, int tag, int value)
    {
        TiffBytes file = new();
        for (int frame = 0; frame <= 6; frame++)
        {
            if (frame == place)
            {
                // In colour, as cameras have them.
                file.Page(2, 2, new byte[12], Preview, (tag, value), (258, 8), (262, 2), (277, 3));
            }

            if (frame < 6)
            {
                file.Page(3, 4, file.Pixels(2, TiffBytes.Values(frame, 3, 4)), "", (254, 2));
            }
        }

        MeasuredStack stack = Reading.Volume(Write(file));

        Assert.Equal(Frames(6), stack.Intensity.Values);
        Assert.Equal([6L, 3L, 4L], stack.Source.Arrays.Single().Shape);
    }

    [Fact]
    public void ReadVolume_PreviewBeforePackedFrames_IsSkipped()
    {
        TiffBytes file = new();
        file.Page(2, 2, new byte[8], "", (254, 1));
        // A run of 11 zeros, and one of 13: PackBits.
        file.Page(3, 4, [unchecked((byte)-10), 0, unchecked((byte)-12), 0], "", (259, 32773), (279, 4));
        file.Page(3, 4, [unchecked((byte)-10), 1, unchecked((byte)-12), 1], "", (259, 32773), (279, 4));

        Assert.Equal(
            [.. Enumerable.Repeat(0f, 12), .. Enumerable.Repeat(257f, 12)],
            Reading.Volume(Write(file)).Intensity.Values
        );
    }

    [Fact]
    public void ReadImage_FileOfPreviewsOnly_IsRead()
    {
        TiffBytes file = new();
        file.Page(3, 4, file.Pixels(2, TiffBytes.Values(1, 3, 4)), "", (254, 1));

        Assert.Equal(TiffBytes.Values(1, 3, 4), Reading.Image(Write(file)).Values);
    }

    [Theory]
    [InlineData(true, "page 0")]
    [InlineData(false, "page 3")]
    public void ReadVolume_PageOfAnotherSizeThatIsNoPreview_IsNamed(bool isFirst, string place)
    {
        TiffBytes file = new();
        for (int frame = 0; frame < 4; frame++)
        {
            bool isOdd = frame == (isFirst ? 0 : 3);
            file.Page(isOdd ? 2 : 3, 4, new byte[24]);
        }

        Refuses(file, place, "is 2 x 4 uint16 but 3 of 4 pages are 3 x 4 uint16", "if it is a preview");
    }

    [Fact]
    public void ReadVolume_SeriesWithPreviewsInTheFrames_IsRead()
    {
        for (int frame = 0; frame < 3; frame++)
        {
            TiffBytes file = new();
            file.Page(2, 2, new byte[8], "", (254, 1));
            file.Page(3, 4, file.Pixels(2, TiffBytes.Values(frame, 3, 4)));
            File.WriteAllBytes(folder.File($"frame{frame}.tif"), file.ToArray());
        }

        Assert.Equal(Frames(3), Reading.Volume(folder.Path).Intensity.Values);
    }

    [Theory]
    [InlineData(262, 3, 8, "palette")]
    [InlineData(258, 1, 1, "bilevel")]
    [InlineData(277, 3, 8, "colour image")]
    public void ReadVolume_PagesThatAreNoGreyImages_AreNamed(int tag, int value, int bits, string word)
    {
        TiffBytes file = new();
        for (int frame = 0; frame < 3; frame++)
        {
            file.Page(3, 4, new byte[36], "", (258, bits), (tag, value));
        }

        Refuses(file, word);
    }

    private static float[] Frames(int count) =>
        [.. Enumerable.Range(0, count).SelectMany(frame => TiffBytes.Values(frame, 3, 4))];

    private static TiffBytes OnePage(int frames, string description)
    {
        TiffBytes file = new();
        return file.Page(3, 4, file.Pixels(2, Frames(frames)), description);
    }

    private void Refuses(TiffBytes file, params string[] parts) => Refuses(file.ToArray(), parts);

    private void Refuses(byte[] file, params string[] parts)
    {
        string line = Reading.Error(Write(file));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private string Write(TiffBytes file) => Write(file.ToArray());

    private string Write(byte[] file)
    {
        string path = folder.File("scan.tif");
        File.WriteAllBytes(path, file);
        return path;
    }
}
