using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Detectors;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Cbf;

/// <summary>DECTRIS's CBF files, an image each (files.md, section 15).</summary>
public sealed class CbfFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadImage_FileOfFabio_HasItsValues() =>
        Assert.Equal(
            [-1, -2, 0, 127, 128, -128, 32767, 40000, 1048576, 2147483647, 0, 5],
            Reading.Image(Fixture.File("fabio.cbf")).Values
        );

    [Theory]
    [InlineData("signed 32-bit integer", -2147483648, 2147483647)]
    [InlineData("unsigned 32-bit integer", 0, 4294967295)]
    [InlineData("signed 16-bit integer", -32768, 32767)]
    [InlineData("unsigned 16-bit integer", 0, 65535)]
    [InlineData("unsigned 8-bit integer", 0, 255)]
    public void ReadImage_JumpsOfEverySize_AreRead(string type, long least, long most)
    {
        long[] values = [0, most, least, most, 1, 128, 3, 127, 0, least, least, 5];
        byte[] file = CbfBytes.File(
            4,
            3,
            CbfBytes.ByteOffset(values),
            text => text.Replace("signed 32-bit integer", type)
        );

        Assert.Equal(values.Select(value => (float)value), Reading.Image(Write(file)).Values);
    }

    [Fact]
    public void ReadImage_PlainNumbers_AreRead()
    {
        byte[] plain = [.. Enumerable.Range(0, 12).SelectMany(value => BitConverter.GetBytes((short)(value - 2)))];
        byte[] file = CbfBytes.File(
            4,
            3,
            plain,
            text =>
                text.Replace(";\n     conversions=\"x-CBF_BYTE_OFFSET\"", "", StringComparison.Ordinal)
                    .Replace("32-bit", "16-bit", StringComparison.Ordinal)
        );

        Assert.Equal(Enumerable.Range(-2, 12).Select(value => (float)value), Reading.Image(Write(file)).Values);
    }

    [Fact]
    public void ReadVolume_Series_IsInNaturalOrderWithGapsNegative()
    {
        WriteSeries(8, 9, 10, 11);

        MeasuredStack stack = Reading.Volume(folder.File("scan_*.cbf"));

        Assert.Equal(Enumerable.Range(8, 4).SelectMany(CbfBytes.Values), stack.Intensity.Values);
        Assert.Equal(("CBF frames", 2147483647.0), (stack.Source.Format, stack.DtypeMaximum));
        ArrayDescription array = stack.Source.Arrays.Single();
        Assert.Equal(
            ("scan_8.cbf ... scan_11.cbf", "int32", "byte offset"),
            (array.Name, array.ElementType, array.Compression)
        );
    }

    [Fact]
    public void ReadVolume_SeriesWithoutAFrame_NamesIt()
    {
        WriteSeries(1, 2, 4);

        Assert.Contains(
            "a frame is missing in the numbering: scan_3.cbf",
            Reading.Error(folder.Path),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ReadVolume_OneFile_SaysWhatElseToGive() =>
        Refuses(CbfBytes.Image(1), "2D (3 x 4)", "folder or glob of frames");

    [Fact]
    public void Identify_Header_GivesWhatItSaysOfTheMeasurement() =>
        Assert.Equal(
            [
                new("Detector", "PILATUS 300K, S/N 3-0101", null),
                new("Pixel_size/x", "172e-6", "m"),
                new("Pixel_size/y", "172e-6", "m"),
                new("Exposure_time", "0.9970000", "s"),
                new("Exposure_period", "1.0000000", "s"),
                new("Count_cutoff", "1048576", "counts"),
                new("Threshold_setting", "4000", "eV"),
                new("Wavelength", "1.54187", "A"),
                new("Detector_distance", "0.32000", "m"),
                new("Beam_xy/x", "243.30", "pixels"),
                new("Beam_xy/y", "308.00", "pixels"),
            ],
            MeasurementFile.Identify(Write(CbfBytes.Image(1))).Metadata
        );

    [Fact]
    public void Describing_HeaderThatNamesTheDetector_IsItsLayout()
    {
        byte[] packed = CbfBytes.ByteOffset(Enumerable.Range(0, 619 * 487).Select(pixel => (long)(pixel % 7)));
        for (int frame = 0; frame < 2; frame++)
        {
            File.WriteAllBytes(folder.File($"scan_{frame}.cbf"), CbfBytes.File(487, 619, packed));
        }

        MeasuredStack stack = Reading.Volume(folder.File("scan_*.cbf"));

        Assert.Equal("pilatus-300k", DetectorLibrary.Describing(stack)?.Layout.Name);
    }

    [Theory]
    [InlineData("x-CBF_BYTE_OFFSET", "x-CBF_PACKED", "packed by x-CBF_PACKED", "CBFlib or fabio")]
    [InlineData("Encoding: BINARY", "Encoding: BASE64", "encoded as BASE64", "CBFlib or fabio")]
    [InlineData("signed 32-bit integer", "signed 32-bit real IEEE", "signed 32-bit real IEEE", "cannot be read")]
    [InlineData("signed 32-bit integer", "signed 32-bit complex IEEE", "complex", "cannot be read")]
    [InlineData("X-Binary-Size-Second-Dimension: 3\n", "", "lacks X-Binary-Size-Second-Dimension", "CBFlib")]
    [InlineData("Second-Dimension: 3", "Second-Dimension: 4", "3 x 4", "number of its elements")]
    [InlineData("Fastest-Dimension: 4", "Fastest-Dimension: 99999999", "'99999999'", "copy")]
    [InlineData("Content-MD5: ", "Content-MD5: A", "checksum", "copy the file again")]
    [InlineData("X-Binary-Size: ", "X-Binary-Size: 99", "truncated", "copy")]
    [InlineData(
        "Second-Dimension: 3",
        "Second-Dimension: 3\nX-Binary-Size-Third-Dimension: 2",
        "several images",
        "a file an image"
    )]
    public void ReadImage_HeaderThatCannotBe_SaysWhy(string there, string instead, string problem, string advice)
    {
        string path = Write(
            CbfBytes.File(4, 3, CbfBytes.Packed(1), text => text.Replace(there, instead, StringComparison.Ordinal))
        );

        string line = Reading.Line(path, () => Reading.Image(path));
        Assert.Contains(problem.Replace("3 x 4", "4 x 4"), line, StringComparison.Ordinal);
        Assert.Contains(advice, line, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadImage_ByteThatChanged_IsFoundByTheChecksum()
    {
        byte[] file = CbfBytes.Image(1);
        int data = file.AsSpan().IndexOf<byte>([0x0C, 0x1A, 0x04, 0xD5]);
        file[data + 6] ^= 1;

        string path = Write(file);
        Assert.Contains("checksum", Reading.Line(path, () => Reading.Image(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadImage_FileThatIsCutShort_SaysSo()
    {
        byte[] file = CbfBytes.Image(1);
        int data = file.AsSpan().IndexOf<byte>([0x0C, 0x1A, 0x04, 0xD5]);
        foreach (int length in new[] { 20, 500, data, data + 10 })
        {
            string path = Write(file[..length]);
            Assert.Contains("truncated", Reading.Line(path, () => Reading.Image(path)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadImage_TwoImagesInAFile_AreRefused()
    {
        string path = Write([.. CbfBytes.Image(1), .. CbfBytes.Image(2)]);

        Assert.Contains("several images", Reading.Line(path, () => Reading.Image(path)), StringComparison.Ordinal);
    }

    private void WriteSeries(params int[] numbers)
    {
        foreach (int number in numbers)
        {
            File.WriteAllBytes(folder.File($"scan_{number}.cbf"), CbfBytes.Image(number));
        }
    }

    private void Refuses(byte[] file, params string[] parts)
    {
        string line = Reading.Error(Write(file));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private string Write(byte[] file)
    {
        string path = folder.File("image.cbf");
        File.WriteAllBytes(path, file);
        return path;
    }
}
