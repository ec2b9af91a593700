using System.Text.Json;
using Fringe.Core;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Crystals;
using Fringe.Learning.Augmentation;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Learning;

namespace Fringe.Tests.Formats.Crystals;

/// <summary>Sets of phased crystals, as they are written, read and described.</summary>
public sealed class PhasedCrystalFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PhasedCrystalSet set = new(
        "0.1.0+abc",
        [
            PhasedCrystalMaker.Of(Reconstructions.Block(1), CrystalSplit.Train),
            PhasedCrystalMaker.Of(Reconstructions.Block(2, "cd34"), CrystalSplit.Validation),
        ]
    );

    public void Dispose() => folder.Dispose();

    private string SetPath => folder.File(PhasedCrystalFile.Name);

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        PhasedCrystalFile.Write(SetPath, set);
        (PhasedCrystalSet read, string hash) = PhasedCrystalFile.Read(folder.Path);
        PhasedCrystalFile.Write(folder.File("again.h5"), read);

        Assert.Equal(JsonSerializer.Serialize(set), JsonSerializer.Serialize(read));
        Assert.Equal(File.ReadAllBytes(SetPath), File.ReadAllBytes(folder.File("again.h5")));
        Assert.Equal(64, hash.Length);
    }

    [Fact]
    public void Write_Set_H5pyReadsObjectsAndProvenance()
    {
        PhasedCrystalFile.Write(SetPath, set);

        string printed = ExternalTool.RunPython(
            """
            import sys, h5py, numpy as n
            f = h5py.File(sys.argv[1])
            assert f.attrs['format'] == 'fringe-phased-crystals' and f.attrs['program_version'] == '0.1.0+abc'
            o = f['object']
            assert o.dtype == n.complex64 and o.shape == (2, 48, 48, 48) and o.chunks == (1, 48, 48, 48)
            assert list(f['data_sha256'].asstr()) == ['ab12', 'cd34'] and list(f['source'].asstr()) == ['r', 'r']
            assert list(f['split']) == [0, 1] and abs(f['chi'][0] - 0.012) < 1e-12
            assert (f['step'][0] == n.array([16, 20, 24]) / 32).all()
            print(f"{abs(o[0, 24, 24, 24]):.3f}")
            """,
            [SetPath],
            "h5py",
            "numpy"
        );

        Assert.Equal("1.000", printed);
    }

    [Fact]
    public void Read_AnotherVersionOrFormat_SaysWhichItReads()
    {
        PureHDF.H5File file = new() { ["split"] = new[] { 1 } };
        file.Attributes["format"] = "fringe-phased-crystals";
        file.Attributes["format_version"] = 99;
        file.Write(SetPath);
        Assert.Contains("version 99", Line());

        new PureHDF.H5File { ["a"] = 1 }.Write(SetPath);
        Assert.Contains("holds no phased crystals", Line());

        File.WriteAllText(SetPath, "no HDF5 at all");
        Assert.Contains("is no HDF5 file", Line());
    }

    [Fact]
    public void Read_ValueThatIsNoNumber_SaysSo()
    {
        set.Crystals[1].Interleaved[7] = float.NaN;
        PhasedCrystalFile.Write(SetPath, set);

        Assert.Contains("no numbers", Line());
    }

    [Fact]
    public void Read_CutAnywhere_IsOneClearLine()
    {
        PhasedCrystalFile.Write(SetPath, set);
        byte[] bytes = File.ReadAllBytes(SetPath);
        for (int part = 0; part < 20; part++)
        {
            File.WriteAllBytes(SetPath, bytes[..(bytes.Length * part / 20)]);

            Assert.DoesNotContain('\n', Line());
            Assert.StartsWith(SetPath, Line());
        }
    }

    [Fact]
    public void Identify_Set_NamesItsCrystals()
    {
        PhasedCrystalFile.Write(SetPath, set);

        FileDescription found = MeasurementFile.Identify(folder.Path);

        Assert.Equal("HDF5, phased crystals made by fringe train dataset", found.Format);
        Assert.Contains(found.Arrays, array => array.Name == "/object" && array.Shape.SequenceEqual([2, 48, 48, 48]));
        Assert.Contains(new MetadataItem("for validation", "1", null), found.Metadata);
        Assert.Contains(new MetadataItem("chi of r", "0.012", null), found.Metadata);
        Assert.Contains(
            "not a measurement",
            Assert
                .Throws<InputException>(() =>
                    MeasurementFile.ReadVolume(SetPath, null, TestContext.Current.CancellationToken)
                )
                .Message
        );
    }

    private string Line() => Assert.Throws<InputException>(() => PhasedCrystalFile.Read(folder.Path)).Message;
}
