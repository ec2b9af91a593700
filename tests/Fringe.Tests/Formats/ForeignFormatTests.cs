using System.IO.Compression;
using System.Text;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats;

/// <summary>Files that cannot be read are named as their users name them, with the way out (files.md, section 15).</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("scan.sfrm", "FORMAT :100  VERSION:16", "Bruker", "fabio")]
    [InlineData(
        "scan.img",
        "{\nHEADER_BYTES=  512;\nDIM=2;\nBYTE_ORDER=little_endian;",
        "SMV image (.img of ADSC",
        "fabio"
    )]
    [InlineData("scan.mar3450", "\u00D2\x04\0\0\u007A\x0D\0\0", "mar345", "fabio")]
    [InlineData("scan.img", "OD SAPPHIRE  3.0\r\n", "Oxford", "fabio")]
    [InlineData("mask.msk", "M\0\0\0A\0\0\0S\0\0\0K\0\0\0", "Fit2D", "fabio")]
    [InlineData("scan.mib", "MQ1,000001,00384,01,0256,0256,U16", "Merlin", "NPY")]
    [InlineData("scan.fits", "SIMPLE  =                    T", "FITS", "astropy")]
    [InlineData("scan.nc", "CDF\x01\0\0\0\0", "NetCDF 3", "NetCDF 4")]
    [InlineData("scan.hdf", "\x0E\x03\x13\x01\0\0", "HDF4", "h4toh5")]
    [InlineData("scan.mat", "MATLAB 5.0 MAT-file, Platform: GLNXA64", "MATLAB file of version 5", "-v7.3")]
    [InlineData("scan.pkl", "\u0080\x04\u0095\0\0\0\0\0\0\0\0", "pickle", "numpy.save")]
    [InlineData("scan.spec", "#F scan.spec\n#E 1700000000\n", "SPEC file", "angles but no frames")]
    [InlineData("scan.png", "\u0089PNG\r\n\x1A\n", "picture", "the detector's own frames")]
    [InlineData("scan.h5.bz2", "BZh91AY&SY", "bzip2", "bunzip2")]
    [InlineData("scan.spe", "\u00FF\0\x07\0\0\0", "Princeton", "fabio")]
    [InlineData("scan.mccd", "\u00FF\0\x07\0\0\0", "MarCCD", "fabio")]
    [InlineData("scan.raw", "\u00FF\0\x07\0\0\0", "6 bytes without a known header", "numpy.fromfile")]
    [InlineData(
        "scan.xyz",
        "\u00FF\0\x07\0\0\0",
        "of no known format (6 bytes, no text)",
        "NPY, NPZ, TIFF, EDF, CBF or HDF5"
    )]
    [InlineData("scan.h5", "\u00FF\0\x07\0\0\0", "has no HDF5 header", "copy it again")]
    [InlineData("scan.txt", "hello world, this is no measurement", "text that begins 'hello world, this is", "NPY")]
    [InlineData("scan.json", "{ \"energy\": 9.0 }", "JSON text", "NPY")]
    [InlineData("scan.xml", "<?xml version=\"1.0\"?>", "XML", "NPY")]
    public void ReadVolume_FormatThatCannotBeRead_IsNamedWithTheWayOut(
        string name,
        string content,
        string format,
        string advice
    )
    {
        File.WriteAllBytes(folder.File(name), Encoding.Latin1.GetBytes(content));

        string line = Reading.Error(folder.File(name));
        Assert.Contains(format, line, StringComparison.Ordinal);
        Assert.Contains(advice, line, StringComparison.Ordinal);
    }

    // MarCCD writes TIFF files, which are read as such.
    [Fact]
    public void ReadVolume_TiffByAnyName_IsRead()
    {
        File.Copy(Fixture.File("pages-uint16.tif"), folder.File("scan.mccd"));

        Assert.Equal(Fixture.Values(5 * 13 * 17), Reading.Volume(folder.File("scan.mccd")).Intensity.Values);
    }

    [Fact]
    public void ReadVolume_ZipThatIsNoNpz_SaysWhatIsInIt()
    {
        using (ZipArchive zip = ZipFile.Open(folder.File("frames.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("frame1.tif");
            zip.CreateEntry("frame2.tif");
        }

        string line = Reading.Error(folder.File("frames.zip"));
        Assert.Contains("(it has frame1.tif, frame2.tif); unpack it", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip-shuffle.h5")]
    [InlineData("big-endian.npy")]
    [InlineData("pages-uint16.tif")]
    public void ReadVolume_FilePackedByGzip_IsRead(string name)
    {
        using (FileStream file = File.Create(folder.File("scan.gz")))
        using (GZipStream gzip = new(file, CompressionLevel.Fastest))
        {
            gzip.Write(Fixture.Bytes(name));
        }

        Assert.Equal(Fixture.Values(5 * 13 * 17), Reading.Volume(folder.File("scan.gz")).Intensity.Values);
    }
}
