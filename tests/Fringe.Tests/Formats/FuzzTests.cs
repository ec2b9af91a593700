using System.Diagnostics;
using Fringe.Core;
using Fringe.Formats;
using Fringe.Formats.Arrays;

namespace Fringe.Tests.Formats;

using Process = System.Diagnostics.Process;

/// <summary>
/// Ten thousand damaged files a reader, in memory: each is read or refused with one line. Anything else (another exception,
/// a hang, the process's end, memory without bound) fails.
/// </summary>
public sealed class FuzzTests
{
    private const int FilesPerReader = 10_000;
    private static readonly ReadOptions Options = new() { MemoryLimitBytes = 64 << 20 };

    [Fact]
    public void Npy_TenThousandDamagedFiles_ReadOrRefused() =>
        Fuzz(128, "big-endian.npy", "fortran.npy", "float16.npy", "int64.npy", "bool.npy");

    [Fact]
    public void Npz_TenThousandDamagedFiles_ReadOrRefused() => Fuzz(400, "named.npz", "two-equal.npz");

    [Fact]
    public void Tiff_TenThousandDamagedFiles_ReadOrRefused() =>
        Fuzz(
            300,
            "pages-uint16.tif",
            "pages-big-endian.tif",
            "pages-bigtiff.tif",
            "pages-deflate.tif",
            "pages-lzw.tif",
            "pages-tiled.tif",
            "pages-float32.tif"
        );

    [Fact]
    public void Hdf5_TenThousandDamagedFiles_ReadOrRefused() =>
        Fuzz(
            4000,
            "gzip-shuffle.h5",
            "lz4-uint16.h5",
            "bitshuffle-lz4-uint32.h5",
            "bitshuffle-uint16.h5",
            "nexus.nxs",
            "input.cxi",
            "chunk-beyond.h5",
            "fletcher32.h5",
            "several.h5",
            "virtual.h5"
        );

    private static void Fuzz(int headerBytes, params string[] names)
    {
        byte[][] originals = [.. names.Select(Fixture.Bytes)];
        var mutator = new Mutator(20260214);
        var clock = Stopwatch.StartNew();
        (int read, int refused) = (0, 0);
        (long slowest, int slowestFile) = (0, 0);
        for (int i = 0; i < FilesPerReader; i++)
        {
            byte[] damaged = mutator.Mutate(originals[i % originals.Length], headerBytes);
            long start = clock.ElapsedMilliseconds;
            try
            {
                ReadEverything(damaged);
                read++;
            }
            catch (InputException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"file {i}, of {names[i % names.Length]}", error);
            }

            if (clock.ElapsedMilliseconds - start > slowest)
            {
                (slowest, slowestFile) = (clock.ElapsedMilliseconds - start, i);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{names[0]}: {read} read, {refused} refused in {clock.Elapsed.TotalSeconds:0.0} s, "
                + $"slowest {slowest} ms (file {slowestFile}), peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"
        );
        // Damage must show and sound parts must still be read, or the mutator mutates nothing.
        Assert.InRange(refused, FilesPerReader / 20, FilesPerReader - 1);
    }

    private static void ReadEverything(byte[] content)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using (ArraySource source = SourceOpener.Open(new MemoryStream(content), "damaged"))
        {
            SourceReading.ReadStack(source, "damaged", Options, cancellation);
        }

        using (ArraySource source = SourceOpener.Open(new MemoryStream(content), "damaged"))
        {
            SourceReading.ReadImage(source, "damaged", Options, ArrayRole.Mask, cancellation);
        }
    }
}
