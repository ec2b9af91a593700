using Fringe.Formats;
using Fringe.Formats.Arrays;

namespace Fringe.Tests.Formats;

/// <summary>Files that other programs wrote, read back value by value.</summary>
public sealed class FixtureTests
{
    [Theory]
    [InlineData("big-endian.npy", "uint16", "none")]
    [InlineData("fortran.npy", "float64", "none")]
    [InlineData("pages-uint16.tif", "uint16", "none")]
    [InlineData("pages-int32.tif", "int32", "none")]
    [InlineData("pages-float32.tif", "float32", "none")]
    [InlineData("pages-big-endian.tif", "uint16", "none")]
    [InlineData("pages-bigtiff.tif", "uint16", "none")]
    [InlineData("pages-tiled.tif", "uint16", "none")]
    [InlineData("pages-deflate.tif", "uint16", "deflate")]
    [InlineData("pages-lzw.tif", "int32", "LZW")]
    [InlineData("one-page-imagej.tif", "uint16", "none")]
    [InlineData("fabio.edf", "int32", "none")]
    [InlineData("fabio.edf.gz", "uint16", "none")]
    [InlineData("gzip-shuffle.h5", "uint16", "shuffle, gzip, fletcher32")]
    [InlineData("fletcher32.h5", "uint32", "fletcher32")]
    [InlineData("big-endian.h5", "int32", "none")]
    [InlineData("chunk-beyond.h5", "float32", "none")]
    [InlineData("lz4-uint16.h5", "uint16", "LZ4")]
    [InlineData("lz4-uint32.h5", "uint32", "LZ4")]
    [InlineData("bitshuffle-uint16.h5", "uint16", "bitshuffle")]
    [InlineData("bitshuffle-uint32.h5", "uint32", "bitshuffle")]
    [InlineData("bitshuffle-lz4-uint16.h5", "uint16", "bitshuffle-LZ4")]
    [InlineData("bitshuffle-lz4-uint32.h5", "uint32", "bitshuffle-LZ4")]
    [InlineData("input.cxi", "int32", "none")]
    [InlineData("nexus.nxs", "uint32", "none")]
    public void ReadVolume_StackOfAnotherProgram_HasItsValuesAndDescription(
        string name,
        string type,
        string compression
    )
    {
        MeasuredStack stack = Reading.Volume(Fixture.File(name));

        Assert.Equal((5, 13, 17), (stack.Intensity.Depth, stack.Intensity.Height, stack.Intensity.Width));
        Assert.Equal(Fixture.Values(5 * 13 * 17), stack.Intensity.Values);
        ArrayDescription array = Assert.Single(
            stack.Source.Arrays,
            item => item.Name == stack.Dataset || stack.Source.Arrays.Count == 1
        );
        Assert.Equal([5L, 13, 17], array.Shape);
        Assert.Equal((type, compression), (array.ElementType, array.Compression));
        Assert.Equal(
            type switch
            {
                "uint16" => 65535.0,
                "uint32" => 4294967295.0,
                "int32" => 2147483647.0,
                _ => null,
            },
            stack.DtypeMaximum
        );
    }

    [Theory]
    [InlineData("float16")]
    [InlineData("float32")]
    [InlineData("int8")]
    [InlineData("uint8")]
    [InlineData("int16")]
    [InlineData("int64")]
    [InlineData("uint64")]
    public void ReadVolume_NumpyType_HasItsValues(string type)
    {
        MeasuredStack stack = Reading.Volume(Fixture.File($"{type}.npy"));

        // int8 wraps above 127, as numpy's cast does.
        float[] expected = Fixture.Values(30);
        Assert.Equal(
            type == "int8" ? [.. expected.Select(v => (float)unchecked((sbyte)(int)v))] : expected,
            stack.Intensity.Values
        );
        Assert.Equal(type, stack.Source.Arrays[0].ElementType);
    }

    [Fact]
    public void ReadVolume_NumpyBool_ReadsZeroAndOne() =>
        Assert.Equal(
            Fixture.Values(30).Select(value => value % 2),
            Reading.Volume(Fixture.File("bool.npy")).Intensity.Values
        );

    [Fact]
    public void ReadVolume_DetectorBlocks_MatchesSumsOfTheWriter()
    {
        MeasuredStack stack = Reading.Volume(Fixture.File("bitshuffle-lz4-detector.h5"));

        // make_fixtures.py prints both.
        Assert.Equal(392, stack.Intensity.Values.Sum());
        Assert.Equal(3948773, stack.Intensity.Values.Select((value, index) => (double)value * index).Sum());
    }

    [Fact]
    public void ReadVolume_NpzByName_ReadsThatArray()
    {
        string file = Fixture.File("named.npz");

        Assert.Equal(Fixture.Values(1105), Reading.Volume(file).Intensity.Values);
        Assert.Equal(Fixture.Values(1105), Reading.Volume(file, new ReadOptions { Dataset = "scan" }).Intensity.Values);
        Assert.Equal(Fixture.Values(221), Reading.Image(file, new ReadOptions { Dataset = "dark" }).Values);
        Assert.Equal("deflate", MeasurementFile.Identify(file).Arrays[0].Compression);
    }

    [Fact]
    public void ReadVolume_HdfDatasetByName_ReadsThatDataset()
    {
        string file = Fixture.File("several.h5");

        foreach (string name in new[] { "a/first", "/b/second", "half", "external" })
        {
            Assert.Equal(
                Fixture.Values(1105),
                Reading.Volume(file, new ReadOptions { Dataset = name }).Intensity.Values
            );
        }

        Assert.Equal(
            Fixture.Values(1105).Select(value => value % 2),
            Reading.Volume(file, new ReadOptions { Dataset = "flags" }).Intensity.Values
        );
    }

    [Fact]
    public void ReadVolume_SoftLinkByName_ReadsItsTarget() =>
        Assert.Equal(
            Fixture.Values(1105),
            Reading.Volume(Fixture.File("nexus.nxs"), new ReadOptions { Dataset = "/alias" }).Intensity.Values
        );

    [Fact]
    public void ReadImage_CxiMask_ReadsOneImage()
    {
        var mask = Reading.Image(
            Fixture.File("input.cxi"),
            new ReadOptions { Dataset = "/entry_1/instrument_1/detector_1/mask" }
        );

        Assert.Equal((1, 13, 17), (mask.Depth, mask.Height, mask.Width));
        Assert.Equal(Fixture.Values(221).Select(value => value > 200 ? 1f : 0f), mask.Values);
    }

    [Fact]
    public void Identify_CxiAndNexus_ListsGeometryWithUnits()
    {
        FileDescription cxi = MeasurementFile.Identify(Fixture.File("input.cxi"));
        FileDescription nexus = MeasurementFile.Identify(Fixture.File("nexus.nxs"));

        Assert.Equal("HDF5", cxi.Format);
        Assert.Contains(new MetadataItem("/entry_1/instrument_1/detector_1/distance", "0.5", "m"), cxi.Metadata);
        Assert.Contains(
            new MetadataItem("/entry_1/instrument_1/detector_1/x_pixel_size", "5.5E-05", null),
            cxi.Metadata
        );
        Assert.Contains(new MetadataItem("/scan_7/instrument/monochromator/energy", "9000", "eV"), nexus.Metadata);
        Assert.Contains(cxi.Metadata, item => item.Name == "/entry_1/instrument_1/source_1/energy");
    }
}
