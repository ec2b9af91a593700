using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Formats.Hdf5;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Learning;
using PureHDF;

namespace Fringe.Tests.Formats.Cxi;

/// <summary>Reconstructions come back as they were written; anything else is one clear line.</summary>
public sealed class CxiReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadResult_WhatFringeWrote_IsTheSame()
    {
        PhasedResult written = Reconstructions.Block(1);
        Reconstructions.Write(folder.File(CxiReader.ResultName), written);

        PhasedResult read = CxiReader.ReadResult(folder.Path);

        Assert.Equal(folder.File(CxiReader.ResultName), read.Path);
        Assert.Equal(written.Image.Interleaved, read.Image.Interleaved);
        Assert.Equal((40, 40, 36), (read.Image.Depth, read.Image.Height, read.Image.Width));
        Assert.Equal(written.Support, read.Support);
        Assert.Equal((0.012, "ab12", "0.1.0"), (read.Chi, read.DataHash, read.ProgramVersion));
    }

    [Fact]
    public void ReadResult_NothingThere_SaysWhatIsExpected()
    {
        Assert.Contains("holds no result of fringe phase", Line(folder.Path));
        Assert.Contains("no such file or folder", Line(folder.File("nowhere")));
        Assert.Contains("is no HDF5 file", Line(folder.File("a.cxi", "this is no reconstruction")));
    }

    [Fact]
    public void ReadResult_NoSupport_SaysSo()
    {
        PhasedResult result = Reconstructions.Block(1);
        H5File file = new()
        {
            ["entry_1"] = new H5Group
            {
                ["image_1"] = new H5Group
                {
                    ["data"] = new H5Dataset<Memory<Complex64>>(
                        new ComplexMemory(result.Image.Interleaved).Memory,
                        fileDims: [40, 40, 36]
                    ),
                },
            },
        };
        file.Write(folder.File("a.cxi"));
        Assert.Contains("holds no support", Line(folder.File("a.cxi")));

        Reconstructions.Write(folder.File("b.cxi"), result with { Support = new bool[result.Support.Length] });
        Assert.Contains("support is empty", Line(folder.File("b.cxi")));
    }

    [Fact]
    public void ReadResult_NoNumbers_SaysSo()
    {
        PhasedResult result = Reconstructions.Block(1);
        float[] values = [.. result.Image.Interleaved];
        values[4321] = float.NaN;
        Reconstructions.Write(folder.File("a.cxi"), result with { Image = new ComplexVolume(values, 40, 40, 36) });

        Assert.Contains("no numbers", Line(folder.File("a.cxi")));
    }

    [Fact]
    public void ReadResult_CutAnywhere_IsOneClearLine()
    {
        Reconstructions.Write(folder.File("a.cxi"), Reconstructions.Block(1));
        byte[] bytes = File.ReadAllBytes(folder.File("a.cxi"));
        for (int part = 0; part < 20; part++)
        {
            File.WriteAllBytes(folder.File("b.cxi"), bytes[..(bytes.Length * part / 20)]);

            string line = Line(folder.File("b.cxi"));
            Assert.DoesNotContain('\n', line);
            Assert.StartsWith(folder.File("b.cxi"), line);
        }
    }

    private static string Line(string path) => Assert.Throws<InputException>(() => CxiReader.ReadResult(path)).Message;
}
