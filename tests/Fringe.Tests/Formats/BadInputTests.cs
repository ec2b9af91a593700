using System.Diagnostics;
using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Cxi;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats;

/// <summary>Each bad file gets one clear line that names the file and says what to do.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void ReadVolume_MissingFile_SaysSo() => Expect("/nowhere/scan.npy", "no such file");

    [Fact]
    public void ReadVolume_EmptyFile_SaysSo() => ExpectBytes([], "empty (0 bytes)");

    [Fact]
    public void ReadVolume_WrongMagic_ShowsItsBeginningAndFormats() =>
        ExpectBytes(
            "hello world, this is no measurement"u8.ToArray(),
            "text that begins 'hello world",
            "expected NPY, NPZ, TIFF, EDF, CBF or HDF5"
        );

    [Theory]
    [InlineData("big-endian.npy")]
    [InlineData("named.npz")]
    [InlineData("pages-uint16.tif")]
    [InlineData("pages-lzw.tif")]
    [InlineData("one-page-imagej.tif")]
    [InlineData("fabio.edf")]
    [InlineData("fabio.edf.gz")]
    [InlineData("gzip-shuffle.h5")]
    [InlineData("nexus.nxs")]
    public void ReadVolume_TruncatedAnywhere_SaysTruncated(string name)
    {
        byte[] whole = Fixture.Bytes(name);
        foreach (double fraction in new[] { 0.05, 0.3, 0.5, 0.9, 0.99 })
        {
            ExpectBytes(whole[..(int)(whole.Length * fraction)], "truncated");
        }
    }

    [Theory]
    [InlineData("image", "2D (13 x 17)", "expected 3D [rocking, row, column]")]
    [InlineData("complex", "complex64", "expected real numbers")]
    [InlineData("structured", "structured", "expected real numbers")]
    [InlineData("text", "string", "expected real numbers")]
    [InlineData("absent", "no such dataset", "/a/first (5 x 13 x 17, uint8)")]
    [InlineData("broken", "leads nowhere", "beside this one")]
    [InlineData("loop", "leads nowhere", "")]
    public void ReadVolume_HdfDatasetThatCannotBe_SaysWhy(string dataset, string found, string advice) =>
        Expect(Fixture.File("several.h5"), new ReadOptions { Dataset = dataset }, dataset, found, advice);

    [Fact]
    public void ReadVolume_SeveralEqualDatasets_ListsThem() =>
        Expect(Fixture.File("several.h5"), "choose one with `Dataset`", "/a/first", "/b/second");

    [Theory]
    [InlineData("unsupported-blosc.h5", "filter 32001 (Blosc)")]
    [InlineData("unsupported-lzf.h5", "filter 32000 (LZF)")]
    public void ReadVolume_UnsupportedFilter_NamesNumberAndName(string name, string filter) =>
        Expect(Fixture.File(name), "unsupported " + filter, "h5repack");

    [Fact]
    public void ReadVolume_UnknownNpzArray_ListsArrays() =>
        Expect(Fixture.File("named.npz"), new ReadOptions { Dataset = "x" }, "no such array", "scan, dark");

    [Fact]
    public void ReadVolume_TwoEqualNpzArrays_ListsThem() =>
        Expect(Fixture.File("two-equal.npz"), "first (5 x 13 x 17, uint8)", "second (5 x 13 x 17, uint8)");

    [Fact]
    public void ReadVolume_DatasetOfAnNpy_SaysLeaveItOut() =>
        Expect(Fixture.File("big-endian.npy"), new ReadOptions { Dataset = "x" }, "leave `Dataset` out");

    [Theory]
    [InlineData("<c8", "(2, 3, 4)", "complex64")]
    [InlineData("|O", "(2, 3, 4)", "object")]
    [InlineData("<U3", "(2, 3, 4)", "string")]
    [InlineData("<f4", "(3, 4)", "2D (3 x 4)")]
    [InlineData("<f4", "(2, 2, 3, 4)", "4D (2 x 2 x 3 x 4)")]
    [InlineData("<f4", "()", "0D (scalar)")]
    [InlineData("<f4", "(1, 3, 4)", "rocking axis has length 1")]
    [InlineData("<f4", "(3, 1, 4)", "row axis has length 1")]
    [InlineData("<f4", "(3, 4, 1)", "column axis has length 1")]
    [InlineData("<f4", "(3, 0, 4)", "row axis has length 0")]
    public void ReadVolume_NpyHeaderThatCannotBe_SaysWhy(string type, string shape, string found) =>
        ExpectBytes(Npy(type, shape, 4096), found);

    [Fact]
    public void ReadVolume_LargerThanMemory_SaysTheNeedBeforeAllocating()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("huge.npy");
        // A sparse file: its length is as the header says, its blocks are not there.
        System.IO.File.WriteAllBytes(file, Npy("<u2", "(4000, 5000, 5000)", 0));
        using (FileStream stream = System.IO.File.OpenWrite(file))
        {
            stream.SetLength(stream.Length + (2L * 4000 * 5000 * 5000));
        }

        long before = GC.GetTotalAllocatedBytes();
        string line = Reading.Error(file, new ReadOptions { MemoryLimitBytes = 8_000_000_000 });

        Assert.Contains("needs 400 GB of memory but 8 GB are available", line, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }

    [Theory]
    [InlineData("named.npz")]
    [InlineData("pages-uint16.tif")]
    [InlineData("gzip-shuffle.h5")]
    [InlineData("big-endian.npy")]
    public void ReadVolume_LimitBelowNeed_SaysTheNeed(string name) =>
        Expect(
            Fixture.File(name),
            new ReadOptions { MemoryLimitBytes = 1000 },
            "5 x 13 x 17 needs 0.0",
            "MB of memory"
        );

    [Fact]
    public void ReadVolume_Unreadable_SaysPermission()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root reads every file");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string file = folder.File("a.npy");
        System.IO.File.WriteAllBytes(file, Npy("<f4", "(2, 2, 2)", 32));
        System.IO.File.SetUnixFileMode(file, UnixFileMode.None);
        Expect(file, "permission denied");
    }

    [Fact]
    public void Validate_BadOptions_NamesEveryProblem()
    {
        var error = Assert.Throws<InputException>(() =>
            new ReadOptions { Dataset = " ", MemoryLimitBytes = 0 }.Validate()
        );

        Assert.Contains("memory limit", error.Message, StringComparison.Ordinal);
        Assert.Contains("dataset name is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVolume_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            MeasurementFile.ReadVolume(Fixture.File("gzip-shuffle.h5"), null, new CancellationToken(true))
        );

    [Fact]
    public void ReadVolume_ReconstructionAsMeasurement_SaysComplex()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("r.cxi");
        var image = new ComplexVolume(new float[2 * 27], 3, 3, 3);
        CxiFile.Write(file, new CxiReconstruction(image, new bool[27], "fringe", "0", "", DateTimeOffset.UnixEpoch));
        Expect(file, "complex64", "give the measured intensity");
    }

    private static byte[] Npy(string type, string shape, int dataBytes)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        Debug.Assert(header.Length == 118, "128 bytes in all");
        return
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            118,
            0,
            .. System.Text.Encoding.ASCII.GetBytes(header),
            .. new byte[dataBytes],
        ];
    }

    private static void ExpectBytes(byte[] content, params string[] parts)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("scan.dat");
        System.IO.File.WriteAllBytes(file, content);
        Expect(file, parts);
    }

    private static void Expect(string file, params string[] parts) => Expect(file, null, parts);

    private static void Expect(string file, ReadOptions? options, params string[] parts)
    {
        string line = Reading.Error(file, options);
        foreach (string part in parts)
        {
            Assert.Contains(part, line, StringComparison.Ordinal);
        }
    }
}
