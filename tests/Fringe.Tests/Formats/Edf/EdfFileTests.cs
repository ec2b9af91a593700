using System.IO.Compression;
using System.Text;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Edf;

/// <summary>ESRF's data format: images behind headers of plain text (files.md, section 15).</summary>
public sealed class EdfFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("fabio.edf", "int32")]
    [InlineData("fabio.edf.gz", "uint16")]
    public void ReadVolume_FileOfFabio_HasItsValues(string name, string type)
    {
        MeasuredStack stack = Reading.Volume(Fixture.File(name));

        Assert.Equal((5, 13, 17), (stack.Intensity.Depth, stack.Intensity.Height, stack.Intensity.Width));
        Assert.Equal(Fixture.Values(5 * 13 * 17), stack.Intensity.Values);
        Assert.Equal(("EDF", type), (stack.Source.Format, stack.Source.Arrays.Single().ElementType));
    }

    [Fact]
    public void ReadVolume_HeadersOf1024Bytes_AreRead()
    {
        byte[] file = [.. Enumerable.Range(0, 41).SelectMany(n => Block(n, 1024))];

        Assert.Equal(Values(0, 41), Reading.Volume(Write(file)).Intensity.Values);

        static byte[] Block(int number, int length) =>
            EdfBytes.Block(
                EdfBytes.Pixels(EdfBytes.Values(number), 4),
                EdfBytes.Keys(number, "UnsignedInteger", 4),
                length
            );
    }

    [Theory]
    [InlineData("UnsignedByte", 1, "uint8")]
    [InlineData("SignedByte", 1, "int8")]
    [InlineData("UnsignedShort", 2, "uint16")]
    [InlineData("SignedShort", 2, "int16")]
    [InlineData("UnsignedInteger", 4, "uint32")]
    [InlineData("UnsignedLong", 4, "uint32")]
    [InlineData("unsigned32", 4, "uint32")]
    [InlineData("SignedInteger", 4, "int32")]
    [InlineData("SignedLong", 4, "int32")]
    [InlineData("Unsigned64", 8, "uint64")]
    [InlineData("Signed64", 8, "int64")]
    public void ReadVolume_WholeNumbers_AreReadInTheirType(string dataType, int size, string type)
    {
        bool isSigned = type[0] == 'i';
        float[] values = [.. Enumerable.Range(0, 12).Select(pixel => isSigned && pixel < 2 ? -1f - pixel : 10 * pixel)];
        byte[] image = EdfBytes.Block(EdfBytes.Pixels(values, size), EdfBytes.Keys(1, dataType, size));

        MeasuredStack stack = Reading.Volume(Write([.. image, .. image]));

        // Gaps (-1) and defective pixels (-2) stay negative.
        Assert.Equal([.. values, .. values], stack.Intensity.Values);
        Assert.Equal(type, stack.Source.Arrays.Single().ElementType);
        Assert.Equal(
            type switch
            {
                "uint8" => 255.0,
                "uint16" => 65535.0,
                "uint32" => 4294967295.0,
                "uint64" => 18446744073709551615.0,
                "int8" => 127.0,
                "int16" => 32767.0,
                "int32" => 2147483647.0,
                "int64" => 9223372036854775807.0,
                _ => null,
            },
            stack.DtypeMaximum
        );
    }

    [Theory]
    [InlineData("FloatValue", 4)]
    [InlineData("FLOAT", 4)]
    [InlineData("DoubleValue", 8)]
    public void ReadVolume_Floats_AreReadInBothByteOrders(string dataType, int size)
    {
        float[] values = [.. Enumerable.Range(0, 12).Select(pixel => pixel - 0.5f)];
        byte[][] numbers =
        [
            .. values.Select(value => size == 4 ? BitConverter.GetBytes(value) : BitConverter.GetBytes((double)value)),
        ];
        byte[] low = EdfBytes.Block([.. numbers.SelectMany(bytes => bytes)], EdfBytes.Keys(1, dataType, size));
        byte[] high = EdfBytes.Block(
            [.. numbers.SelectMany(bytes => bytes.Reverse())],
            [.. EdfBytes.Keys(2, dataType, size), "ByteOrder = HighByteFirst"]
        );

        Assert.Equal([.. values, .. values], Reading.Volume(Write([.. low, .. low])).Intensity.Values);
        Assert.Equal([.. values, .. values], Reading.Volume(Write([.. high, .. high])).Intensity.Values);
    }

    [Fact]
    public void ReadVolume_Dim3_CountsImagesBehindOneHeader()
    {
        byte[] file = EdfBytes.Block(
            [.. Enumerable.Range(0, 5).SelectMany(n => EdfBytes.Pixels(EdfBytes.Values(n), 2))],
            [.. EdfBytes.Keys(1, "UnsignedShort", 2), "Dim_3 = 5", "Size = 120"]
        );

        Assert.Equal(Values(0, 5), Reading.Volume(Write(file)).Intensity.Values);
    }

    // Version 2: what holds for all images comes first, an image's errors behind it, the header's length in the header.
    [Fact]
    public void ReadVolume_GeneralHeaderAndErrors_GiveTheImages()
    {
        byte[] general = EdfBytes.Block(
            [],
            ["EDF_DataFormatVersion = 2.40", "EDF_BinarySize = 0", "ByteOrder = LowByteFirst", "WaveLength = 1.5e-10"]
        );
        byte[] file =
        [
            .. general,
            .. Enumerable.Range(1, 3).SelectMany(n => (byte[])[.. Block(n, "Psd", n), .. Block(n, "Error", 9)]),
        ];

        MeasuredStack stack = Reading.Volume(Write(file));

        Assert.Equal(Values(1, 3), stack.Intensity.Values);
        Assert.Equal(new MetadataItem("WaveLength", "1.5e-10", "m"), stack.Source.Metadata.Single());

        static byte[] Block(int number, string kind, int values) =>
            EdfBytes.Block(
                [.. EdfBytes.Pixels(EdfBytes.Values(values), 4), .. new byte[464]],
                [
                    $"EDF_DataBlockID = {number}.Image.{kind}",
                    "EDF_BinarySize = 512",
                    "EDF_HeaderSize = 512",
                    "DataType = Unsigned32",
                    "Dim_1 = 4",
                    "Dim_2 = 3",
                ]
            );
    }

    [Fact]
    public void ReadVolume_LineEndsOfWindowsAndPadding_AreRead()
    {
        byte[] image = EdfBytes.Image(1);
        string text = Encoding.Latin1.GetString(image)[..510].Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd();
        byte[] windows = [.. Encoding.Latin1.GetBytes(text + " }\r\n"), .. image[512..], .. "\r\n"u8];

        Assert.Equal(
            [.. EdfBytes.Values(1), .. EdfBytes.Values(1)],
            Reading.Volume(Write([.. windows, .. windows, .. new byte[4096]])).Intensity.Values
        );
    }

    [Fact]
    public void ReadVolume_ImagesOutOfOrder_AreOrderedByTheirNumbers() =>
        Assert.Equal(
            Values(0, 4),
            Reading
                .Volume(Write([.. EdfBytes.Image(2), .. EdfBytes.Image(0), .. EdfBytes.Image(3), .. EdfBytes.Image(1)]))
                .Intensity.Values
        );

    [Fact]
    public void ReadVolume_EveryTenthNumberOrOneForAll_IsWhole()
    {
        byte[] all = [.. EdfBytes.Image(10), .. EdfBytes.Image(20), .. EdfBytes.Image(30)];
        byte[] same = [.. EdfBytes.Image(3, "Image = 1"), .. EdfBytes.Image(2, "Image = 1"), .. EdfBytes.Image(1)];

        Assert.Equal(3, Reading.Volume(Write(all)).Intensity.Depth);
        Assert.Equal(
            [.. EdfBytes.Values(3), .. EdfBytes.Values(2), .. EdfBytes.Values(1)],
            Reading.Volume(Write(same)).Intensity.Values
        );
    }

    [Fact]
    public void ReadVolume_NumberThatIsMissing_IsRefused() =>
        Refuses(
            [.. EdfBytes.Image(1), .. EdfBytes.Image(2), .. EdfBytes.Image(4)],
            "an image is missing in the numbering, the first behind number 2"
        );

    [Theory]
    [InlineData("Compression = GzipCompression", "its pixels are packed (Compression = GzipCompression)", "fabio")]
    [InlineData("EDF_BinaryFileName = other.dat", "lie in another file, other.dat", "fabio")]
    [InlineData("DataType = QuadrupleValue", "DataType QuadrupleValue cannot be read", "8 to 64 bits")]
    [InlineData("ByteOrder = Unknown", "ByteOrder is 'Unknown'", "LowByteFirst")]
    [InlineData("Dim_1 = x", "Dim_1 = x is no whole number", "image 1")]
    [InlineData("Dim_2 = 0", "Dim_2 = 0", "image 1")]
    [InlineData("Dim_4 = 2", "Dim_4", "image 1")]
    [InlineData("Size = 12", "need 48 bytes but Size is 12", "image 1")]
    [InlineData("Size = 4800", "truncated", "image 1")]
    [InlineData("Dim_1 = 5\nSize = 60", "is 3 x 5 uint32 but 1 of 2 images are 3 x 4", "image 1")]
    public void ReadVolume_ImageThatCannotBe_SaysWhy(string key, string problem, string advice)
    {
        byte[] file =
        [
            .. EdfBytes.Image(1),
            .. EdfBytes.Image(2, key.Split('\n')),
            .. key.Contains('5') ? new byte[12] : [],
        ];

        Refuses(file, problem, advice);
    }

    [Fact]
    public void ReadVolume_FileThatIsCutShort_IsNeverHalfRead()
    {
        byte[] file = [.. EdfBytes.Image(1), .. EdfBytes.Image(2), .. EdfBytes.Image(3)];
        foreach (int cut in new[] { 1, 47, 100, 559, 700 })
        {
            Refuses(file[..^cut], "truncated");
        }
    }

    [Fact]
    public void ReadVolume_BytesThatAreNoHeader_AreRefused() =>
        Refuses([.. EdfBytes.Image(1), .. EdfBytes.Image(2), 7, 7, 7], "no header at byte 1120");

    [Fact]
    public void ReadVolume_OneImage_SaysWhatElseToGive() =>
        Refuses(EdfBytes.Image(1), "2D (3 x 4)", "folder or glob of frames");

    [Fact]
    public void ReadImage_MaskAndFlat_AreRead()
    {
        string mask = Write(EdfBytes.Block([0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0], EdfBytes.Keys(1, "UnsignedByte", 1)));

        Assert.Equal([0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0], Reading.Image(mask).Values);
        Assert.Equal(EdfBytes.Values(7), Reading.Image(Write(EdfBytes.Image(7))).Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*.edf")]
    public void ReadVolume_Series_IsInNaturalOrder(string glob)
    {
        foreach (int number in (int[])[8, 9, 10, 11])
        {
            File.WriteAllBytes(folder.File($"scan_{number}.edf"), EdfBytes.Image(number));
        }

        MeasuredStack stack = Reading.Volume(Path.Combine(folder.Path, glob));

        Assert.Equal(Values(8, 4), stack.Intensity.Values);
        Assert.Equal("EDF frames", stack.Source.Format);
    }

    [Fact]
    public void ReadVolume_PackedSeries_IsRead()
    {
        foreach (int number in (int[])[9, 10, 11])
        {
            File.WriteAllBytes(folder.File($"scan_{number}.edf.gz"), Packed(EdfBytes.Image(number)));
        }

        Assert.Equal(Values(9, 3), Reading.Volume(folder.Path).Intensity.Values);
        File.Delete(folder.File("scan_10.edf.gz"));
        Assert.Equal(2, Reading.Volume(folder.Path).Intensity.Depth);
        File.WriteAllBytes(folder.File("scan_13.edf.gz"), Packed(EdfBytes.Image(13))[..^30]);
        Assert.Contains(
            "gzip",
            Reading.Line(folder.File("scan_13.edf.gz"), () => Reading.Volume(folder.Path)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ReadVolume_SeriesOfTwoKinds_IsRefusedAndOneOfThemTaken()
    {
        foreach (int number in (int[])[1, 2, 3])
        {
            File.WriteAllBytes(folder.File($"scan_{number}.edf"), EdfBytes.Image(number));
            File.WriteAllBytes(folder.File($"scan_{number}.cbf"), [0]);
        }

        Assert.Contains("3 CBF files and 3 EDF files", Reading.Error(folder.Path), StringComparison.Ordinal);
        Assert.Equal(Values(1, 3), Reading.Volume(folder.File("*.edf")).Intensity.Values);
    }

    [Fact]
    public void Identify_Header_GivesWhatItSaysOfTheMeasurement()
    {
        string path = Write(
            EdfBytes.Image(
                1,
                "SampleDistance = 0.42",
                "PSize_1 = 55_um",
                "Energy = 9.0",
                "motor_pos = 1.5 10.25 8.9",
                "motor_mne = samx eta nrj"
            )
        );

        Assert.Equal(
            [
                new("Energy", "9.0", null),
                new("SampleDistance", "0.42", "m"),
                new("PSize_1", "55", "um"),
                new("motor_pos/eta", "10.25", null),
                new("motor_pos/nrj", "8.9", null),
            ],
            MeasurementFile.Identify(path).Metadata
        );
    }

    private static float[] Values(int first, int count) =>
        [.. Enumerable.Range(first, count).SelectMany(EdfBytes.Values)];

    private static byte[] Packed(byte[] file)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(file);
        }

        return packed.ToArray();
    }

    private void Refuses(byte[] file, params string[] parts)
    {
        string line = Reading.Error(Write(file));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private string Write(byte[] file)
    {
        string path = folder.File("scan.edf");
        File.WriteAllBytes(path, file);
        return path;
    }
}
