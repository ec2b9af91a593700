using Fringe.Core;
using Fringe.Formats.Crystals;
using Fringe.Simulation.TrainingSet;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.TrainingSet;

public sealed class TrainingSetMergerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Merge_JobsOfASet_GivesTheBytesOfOneJob()
    {
        Shard("whole", 0, [0, 1, 2, 3]);
        Shard("whole", 1, [4, 5, 6]);
        Shard("job1", 0, [0, 2, 4, 6]);
        Shard("job2", 0, [1, 3, 5]);

        MergeResult result = Merge(["job1", "job2"], 7);

        Assert.Equal((2, 7), (result.Files, result.Crystals));
        Assert.Empty(result.Missing);
        Assert.Empty(result.Twice);
        string[] names = ["crystals-00000.h5", "crystals-00001.h5"];
        Assert.Equal(names, Directory.GetFiles(folder.File("joined")).Select(Path.GetFileName).Order());
        Assert.All(names, name => Assert.Equal(Bytes("whole", name), Bytes("joined", name)));
    }

    [Fact]
    public void Merge_GapsAndDoubles_AreNamed()
    {
        Shard("job1", 0, [0, 2, 4]);
        Shard("job2", 0, [2, 5]);

        MergeResult result = Merge(["job1", "job2"], 8);

        Assert.Equal([1, 3, 6, 7], result.Missing);
        Assert.Equal([2], result.Twice);
        Assert.Equal(4, result.Crystals);
    }

    [Fact]
    public void Merge_TwoDifferentCrystalsOfOneIndex_IsRefused()
    {
        Shard("job1", 0, [0, 1]);
        CrystalRecord other = SimulatedCrystals.Record(1) with { Density = SimulatedCrystals.Record(2).Density };
        Write("job2", 0, SimulatedCrystals.Provenance, [other]);

        Refused("crystal 1 differs", ["job1", "job2"], null);
    }

    [Fact]
    public void Merge_AnotherSeed_IsRefused()
    {
        Shard("job1", 0, [0]);
        Write("job2", 0, SimulatedCrystals.Provenance with { Seed = 8 }, [SimulatedCrystals.Record(1)]);

        Refused("seed 8 instead of 7", ["job1", "job2"], null);
    }

    [Fact]
    public void Merge_MoreCrystalsThanCount_IsRefused()
    {
        Shard("job1", 0, [0, 9]);

        Refused("`Count` 5", ["job1"], 5);
    }

    [Fact]
    public void Merge_NoShards_IsRefused()
    {
        Directory.CreateDirectory(folder.File("job1"));

        Refused("holds no crystals", ["job1"], null);
        Refused("no such file", ["job9"], null);
    }

    [Fact]
    public void Merge_OutputWithFiles_IsRefused()
    {
        Shard("job1", 0, [0]);
        Directory.CreateDirectory(folder.File("joined"));
        File.WriteAllText(folder.File("joined/mine.txt"), "mine");

        string line = Assert.Throws<InputException>(() => Merge(["job1"], null)).Message;

        Assert.Contains("not empty", line);
        Assert.Equal("mine", File.ReadAllText(folder.File("joined/mine.txt")));
    }

    private MergeResult Merge(string[] sources, int? count) =>
        new TrainingSetMerger(4).Merge(
            [.. sources.Select(folder.File)],
            folder.File("joined"),
            count,
            new Progress<double>(),
            CancellationToken.None
        );

    private void Refused(string problem, string[] sources, int? count)
    {
        Assert.Contains(problem, Assert.Throws<InputException>(() => Merge(sources, count)).Message);
        Assert.False(Path.Exists(folder.File("joined")));
    }

    private void Shard(string job, int group, int[] indices) =>
        Write(job, group, SimulatedCrystals.Provenance, [.. indices.Select(index => SimulatedCrystals.Record(index))]);

    private void Write(string job, int group, CrystalProvenance provenance, CrystalRecord[] crystals)
    {
        Directory.CreateDirectory(folder.File(job));
        string name = CrystalSetFiles.ShardName(group);
        CrystalShardWriter.Write(Path.Combine(folder.File(job), name), new CrystalShard(provenance, crystals));
    }

    private byte[] Bytes(string job, string name) => File.ReadAllBytes(Path.Combine(folder.File(job), name));
}
