using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.Edf;
using Fringe.Tests.Formats.Tiff;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Frames whose stored pixels are not the counts, and what headers say beside them.</summary>
public sealed class StoredPixelTests : IDisposable
{
    private const string Signed = "ImageJ=1.53t\nimages=3\nslices=3\ncf=0\nc0=-32768.0\nc1=1.0\nvunit=Gray Value\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_Signed16BitOfImageJ_HasItsOffsetTakenOff()
    {
        string path = Write("s.tif", TiffBytes.Stack(3, 4, 5, Signed));

        MeasuredStack stack = Reading.Volume(path);

        Assert.Equal(TiffBytes.Values(1, 4, 5).Select(value => value - 32768), stack.Intensity.Values[20..40]);
        Assert.Equal(32767, stack.DtypeMaximum);
        Assert.Contains("-32768 is added", Assert.Single(stack.Remarks));
    }

    [Fact]
    public void Read_Signed16BitFramesInAFolder_HaveTheirOffsetTakenOff()
    {
        string frames = Directory.CreateDirectory(folder.File("frames")).FullName;
        for (int i = 0; i < 3; i++)
        {
            TiffBytes file = new();
            byte[] pixels = file.Pixels(2, TiffBytes.Values(i, 4, 5));
            File.WriteAllBytes(
                Path.Combine(frames, $"f{i}.tif"),
                file.Page(4, 5, pixels, Signed.Replace("images=3\nslices=3\n", "")).ToArray()
            );
        }

        MeasuredStack stack = Reading.Volume(frames);

        Assert.Equal(-32768, stack.Intensity.Values[0]);
        Assert.Contains("-32768 is added", Assert.Single(stack.Remarks));
    }

    [Theory]
    [InlineData("cf=0\nc0=5\nc1=0.25\n")]
    [InlineData("cf=20\nc0=-32768\nc1=1\n")]
    public void Read_OtherCalibrationOfImageJ_IsNotAppliedButNoted(string calibration)
    {
        string path = Write("s.tif", TiffBytes.Stack(3, 4, 5, $"ImageJ=1.53t\nimages=3\n{calibration}"));

        MeasuredStack stack = Reading.Volume(path);

        Assert.Equal(TiffBytes.Values(0, 4, 5), stack.Intensity.Values[..20]);
        Assert.Contains("not applied", Assert.Single(stack.Remarks));
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=3\nc0=0.0\nc1=1.0\n")]
    [InlineData("ImageJ=1.53t\nimages=3\nmin=0\nmax=9\n")]
    [InlineData("c0=-32768\nc1=1\n")]
    public void Read_TextWithoutACalibration_ChangesNothing(string text)
    {
        MeasuredStack stack = Reading.Volume(Write("s.tif", TiffBytes.Stack(3, 4, 5, text)));

        Assert.Equal(TiffBytes.Values(0, 4, 5), stack.Intensity.Values[..20]);
        Assert.Empty(stack.Remarks);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(6, true)]
    public void Read_OrientationOfATiff_IsNotedAndNotFollowed(int orientation, bool isNoted)
    {
        TiffBytes file = new();
        for (int i = 0; i < 3; i++)
        {
            file.Page(4, 5, file.Pixels(2, TiffBytes.Values(i, 4, 5)), "", (274, orientation));
        }

        MeasuredStack stack = Reading.Volume(Write("s.tif", file.ToArray()));

        Assert.Equal(TiffBytes.Values(0, 4, 5), stack.Intensity.Values[..20]);
        Assert.Equal(isNoted, stack.Remarks.Any(remark => remark.Contains($"orientation {orientation}")));
    }

    [Fact]
    public void Read_HeaderOfAPilatusTiff_SaysTheCutoffAndTheDetector()
    {
        const string Header =
            "# Detector: PILATUS 300K, S/N 3-0101\r\n# Pixel_size 172e-6 m x 172e-6 m\r\n# Count_cutoff 38086 counts\r\n";

        MeasuredStack stack = Reading.Volume(Write("s.tif", TiffBytes.Stack(3, 4, 5, Header)));

        Assert.Equal(38086, stack.Saturation?.Counts);
        Assert.Contains(stack.Source.Metadata, item => item is { Name: "Detector", Value: "PILATUS 300K, S/N 3-0101" });
    }

    [Fact]
    public void Read_DataValueOffsetOfAnEdf_IsAdded()
    {
        string path = Edf("DataValueOffset = -50");

        MeasuredStack stack = Reading.Volume(path);

        Assert.Equal([50, 51, 52], stack.Intensity.Values[..3]);
        Assert.Contains("DataValueOffset", Assert.Single(stack.Remarks));
    }

    [Theory]
    [InlineData("Dummy = 101", "", 1)]
    [InlineData("Dummy = 101", "DDummy = 1", 3)]
    [InlineData("Dummy = -10", "DDummy = 0.5", 0)]
    [InlineData("Dummy = 0", "DDummy = 200", 0)]
    public void Read_DummyOfAnEdf_IsNotMeasured(string dummy, string range, int pixels)
    {
        MeasuredStack stack = Reading.Volume(Edf(dummy, range));

        Assert.Equal(pixels, stack.Intensity.Values.Count(float.IsNaN));
    }

    [Fact]
    public void Read_DummyThatIsNoNumber_IsRefused() =>
        Assert.Contains("Dummy = none", Reading.Error(Edf("Dummy = none")));

    [Fact]
    public void Read_FramesOfDifferentOffsets_AreRefused()
    {
        string path = Write(
            "s.edf",
            [.. EdfBytes.Image(1, "DataValueOffset = 5"), .. EdfBytes.Image(2), .. EdfBytes.Image(3)]
        );

        Assert.Contains("DataValueOffset", Assert.Throws<InputException>(() => Reading.Volume(path)).Message);
    }

    private string Edf(params string[] keys) =>
        Write(
            "s.edf",
            [.. Enumerable.Range(1, 3).SelectMany(i => EdfBytes.Image(i, [.. keys.Where(key => key.Length > 0)]))]
        );

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.File(name), bytes);
        return folder.File(name);
    }
}
