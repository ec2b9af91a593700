using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Crystals;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Simulation;

namespace Fringe.Tests.Formats.Crystals;

public sealed class CrystalShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CrystalShard shard = new(
        SimulatedCrystals.Provenance,
        [SimulatedCrystals.Record(0), SimulatedCrystals.Record(1), SimulatedCrystals.Record(5)]
    );

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        CrystalShardWriter.Write(folder.File("a.h5"), shard);
        CrystalShard read = CrystalShardReader.Read(folder.File("a.h5"));

        Assert.Equal(shard.Provenance, read.Provenance);
        // Records with arrays are equal by reference only: compare every value as text.
        Assert.Equal(shard.Crystals.Select(Text), read.Crystals.Select(Text));
    }

    [Fact]
    public void Write_SameCrystals_SameBytes()
    {
        CrystalShardWriter.Write(folder.File("a.h5"), shard);
        CrystalShardWriter.Write(folder.File("b.h5"), CrystalShardReader.Read(folder.File("a.h5")));

        Assert.Equal(File.ReadAllBytes(folder.File("a.h5")), File.ReadAllBytes(folder.File("b.h5")));
    }

    [Fact]
    public void Write_Shard_H5pyReadsFieldsTableAndProvenance()
    {
        CrystalShardWriter.Write(folder.File("a.h5"), shard);

        string printed = ExternalTool.RunPython(
            """
            import sys, json, h5py, numpy as n
            f = h5py.File(sys.argv[1])
            assert f.attrs['format'] == 'fringe-crystals' and f.attrs['seed'] == 7
            assert json.loads(f.attrs['recipe']) == {'most_planes': 20} and f.attrs['potential'] == 'Au_u3.eam'
            assert f['density'].shape == (3, 16, 16, 16) and f['density'].chunks == (1, 16, 16, 16)
            assert f['displacement'].shape == (3, 3, 16, 16, 16) and f['displacement'].dtype == n.int8
            assert list(f['index']) == [0, 1, 5] and list(f['split']) == [0, 1, 2]
            assert f['block'].attrs['units'] == 'nm' and abs(f['block'][2] - 5.5) < 1e-12
            assert f['extent'].shape == (3, 3) and f['planes'].shape == (3, 12) and n.isnan(f['planes'][0, 4])
            assert (f['unstrained_density'][1].ravel() == f['density'][1].ravel()[::-1]).all()
            print(f['displacement'][2].astype(int).sum())
            """,
            [folder.File("a.h5")],
            "h5py",
            "numpy"
        );

        Assert.Equal(shard.Crystals[2].Displacement.Sum(value => value).ToString(), printed);
    }

    [Fact]
    public void ToFields_Bytes_BecomeDensityAndLatticeUnits()
    {
        CrystalRecord record = shard.Crystals[1];
        var fields = record.ToFields();
        int at = Array.FindIndex(record.Density, value => value > 0);

        Assert.Equal(record.Density[at] / 200f, fields.Density[at]);
        Assert.Equal(record.Displacement[at] * 0.003f, fields.Displacement[at]);
        Assert.Equal(0.6, fields.VoxelLatticeUnits);
        Assert.All(record.ToUnstrainedFields().Displacement, value => Assert.Equal(0, value));
    }

    [Fact]
    public void PackDisplacement_AnyValues_KeepsThemWithinHalfAStep()
    {
        float[] values = [0, 0.31f, -0.2f, 0.0123f];
        (sbyte[] packed, float step) = CrystalRecord.PackDisplacement(values);

        Assert.Equal(0.31f / 127, step, 1e-9f);
        Assert.All(packed.Zip(values), pair => Assert.Equal(pair.Second, pair.First * step, 0.501f * step));
    }

    [Fact]
    public void Read_CutAnywhere_IsOneClearLine()
    {
        CrystalShardWriter.Write(folder.File("a.h5"), shard);
        byte[] bytes = File.ReadAllBytes(folder.File("a.h5"));
        for (int part = 0; part < 20; part++)
        {
            File.WriteAllBytes(folder.File("b.h5"), bytes[..(bytes.Length * part / 20)]);

            string line = Assert.Throws<InputException>(() => CrystalShardReader.Read(folder.File("b.h5"))).Message;
            Assert.DoesNotContain('\n', line);
            Assert.StartsWith(folder.File("b.h5"), line);
        }
    }

    [Fact]
    public void Read_OtherHdf5File_SaysSo()
    {
        new PureHDF.H5File { ["a"] = 1 }.Write(folder.File("a.h5"));

        Assert.Contains(
            "holds no crystals",
            Assert.Throws<InputException>(() => CrystalShardReader.Read(folder.File("a.h5"))).Message
        );
    }

    [Fact]
    public void Read_AnotherVersion_SaysWhichItReads()
    {
        PureHDF.H5File file = new() { ["index"] = new[] { 1 } };
        file.Attributes["format"] = "fringe-crystals";
        file.Attributes["format_version"] = 99;
        file.Write(folder.File("a.h5"));

        Assert.Contains(
            "version 99",
            Assert.Throws<InputException>(() => CrystalShardReader.Read(folder.File("a.h5"))).Message
        );
    }

    private static string Text(CrystalRecord record) => JsonSerializer.Serialize(record);
}
