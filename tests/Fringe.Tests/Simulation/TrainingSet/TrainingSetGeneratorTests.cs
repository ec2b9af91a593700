using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Crystals;
using Fringe.Simulation.Lammps;
using Fringe.Simulation.TrainingSet;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Simulation.Lammps;

namespace Fringe.Tests.Simulation.TrainingSet;

/// <summary>Runs that make sets, with LAMMPS or with something that pretends to be it.</summary>
public sealed class TrainingSetGeneratorTests : IDisposable
{
    // Blocks of 3 nm: about 700 atoms, a fraction of a second each.
    private static readonly TrainingSetOptions Tiny = new()
    {
        Count = 5,
        Workers = 2,
        Seed = 11,
        CrystalsPerShard = 3,
        Recipe = SimulatedCrystals.Small with
        {
            SmallestBlockNanometres = 2.6,
            LargestBlockNanometres = 3.2,
            FewestAtoms = 300,
            ClampedFraction = 0.4,
        },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_SameSeed_SameBytesWhateverTheWorkers()
    {
        Make("a", Tiny);
        // Torch gives a new thread the number that was set last, wherever that was.
        Thread other = new(() => ThreadLimit.Set(3));
        other.Start();
        other.Join();
        Make("b", Tiny with { Workers = 1 });

        Assert.Equal(["crystals-00000.h5", "crystals-00001.h5"], Shards("a"));
        Assert.All(Shards("a"), name => Assert.Equal(Bytes("a", name), Bytes("b", name)));
        Assert.NotEqual(Bytes("a", "crystals-00000.h5"), Bytes("a", "crystals-00001.h5"));
    }

    [Fact]
    public void Run_JobsOfASet_TogetherMakeIt()
    {
        Make("a", Tiny);
        Make("job1", Tiny with { Job = 1, Jobs = 2 });
        Make("job2", Tiny with { Job = 2, Jobs = 2 });

        new TrainingSetMerger(3).Merge(
            [folder.File("job1"), folder.File("job2")],
            folder.File("b"),
            5,
            new Progress<double>(),
            CancellationToken.None
        );
        // A crystal that LAMMPS failed on is drawn anew, and the sets differ: then its reason is wanted.
        Assert.All(
            new[] { "a", "job1", "job2" },
            name => Assert.DoesNotContain(",failed,", File.ReadAllText(folder.File(Path.Combine(name, "crystals.csv"))))
        );
        Assert.Equal(Shards("a"), Shards("b"));
        Assert.All(Shards("a"), name => Assert.Equal(Bytes("a", name), Bytes("b", name)));
    }

    [Fact]
    public void Run_SetGrows_IsTheSameAsMadeAtOnce()
    {
        Make("a", Tiny);
        Make("b", Tiny with { Count = 2 });
        SimulationProgress second = Make("b", Tiny);

        Assert.Equal(3, second.MadeNow);
        Assert.Equal(Shards("a"), Shards("b"));
        Assert.All(Shards("a"), name => Assert.Equal(Bytes("a", name), Bytes("b", name)));
    }

    [Fact]
    public void Run_FewerThanThereAre_IsRefused()
    {
        Make("a", Tiny);

        Assert.Contains("beyond `Count`", Refused("a", Tiny with { Count = 2 }));
    }

    [Fact]
    public void Run_Examples_HoldCountsAndTruth()
    {
        Make(
            "a",
            Tiny with
            {
                Count = 1,
                Examples = new ExampleOptions { Size = 32, SmallestOversampling = 1.5 },
            }
        );

        MeasuredStack counts = MeasurementFile.ReadVolume(
            folder.File("a/examples/crystal-0000000.h5"),
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal((32, 32, 32), (counts.Intensity.Depth, counts.Intensity.Height, counts.Intensity.Width));
        Assert.InRange(counts.Intensity.Values.Sum(), 0.99e7f, 1.01e7f);
        // Small crystals are sampled more finely than was asked for: a voxel is a lattice unit at least.
        (_, double voxel) = BraggExampleReader.ReadTruth(folder.File("a/examples/crystal-0000000.h5"));
        Assert.Equal(0.4078, voxel, 0.002);
        Assert.True(BraggExampleReader.ReadOversampling(folder.File("a/examples/crystal-0000000.h5")) > 1.5);
    }

    [Fact]
    public void Run_AnotherSetIsThere_IsRefusedWithTheDifference()
    {
        Make("a", Tiny with { Count = 1 });

        Assert.Contains("\"seed\": 11", Refused("a", Tiny with { Count = 1, Seed = 12 }));
    }

    [Fact]
    public void Run_ForeignFolder_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(folder.File("a"));
        File.WriteAllText(folder.File("a/thesis.txt"), "mine");

        Assert.Contains("other files", Refused("a", Tiny));
        Assert.Equal([folder.File("a/thesis.txt")], Directory.GetFileSystemEntries(folder.File("a")));
    }

    [Fact]
    public void Run_AnotherRunIsWriting_IsRefused()
    {
        Make("a", Tiny with { Count = 1 });
        using FileStream held = new(
            folder.File("a/.lock"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );

        Assert.Contains("another run", Refused("a", Tiny with { Count = 1 }));
    }

    [Fact]
    public void Run_LammpsFailsNowAndThen_IsLoggedKeptAndReplaced()
    {
        // Fails on every crystal's first attempt; afterwards the real program runs.
        ExternalTool.Require("lmp", "-h");
        LammpsInstallation sometimes = LammpsInstallation.Find(
            FakeLammps.Write(folder.File("lmp"), "case $PWD in *-0) exit 7;; *) exec lmp \"$@\";; esac"),
            null
        );

        SimulationProgress result = Make("a", Tiny with { Count = 2, Workers = 1 }, sometimes);

        Assert.Equal((2, 2), (result.Done, result.Failed));
        Assert.True(File.Exists(folder.File("a/failures/crystal-0000000-0/in.lammps")));
        Assert.True(File.Exists(folder.File("a/failures/crystal-0000001-0/crystal.data")));
        Assert.DoesNotContain(
            0,
            CrystalShardReader.Read(folder.File("a/crystals-00000.h5")).Crystals.Select(at => at.Attempt)
        );
        Assert.Equal(
            2,
            File.ReadLines(folder.File("a/crystals.csv"))
                .Count(line => line.Contains(",failed,") && line.Contains("exit code 7"))
        );
    }

    [Fact]
    public void Run_LammpsAlwaysFails_StopsWithTheReason()
    {
        LammpsInstallation never = LammpsInstallation.Find(
            FakeLammps.Write(folder.File("lmp"), "exit 9"),
            folder.File("a.eam", "potential")
        );

        Assert.Contains("exit code 9", Refused("a", Tiny, never));
    }

    [Fact]
    public void Run_PlanesLeaveNothing_SaysWhatToChange()
    {
        TrainingSetOptions bare = Tiny with
        {
            Recipe = Tiny.Recipe with { NearestPlane = 0.05, FarthestPlane = 0.06, FewestPlanes = 20 },
        };

        Assert.Contains("`Recipe.NearestPlane`", Refused("a", bare));
    }

    [Fact]
    public void Run_FullDisk_StopsAndGoesOnWhenThereIsRoom()
    {
        string small = folder.File("small");
        Directory.CreateDirectory(small);
        Mount.RequireTmpfs(small, "250k");
        TrainingSetOptions more = Tiny with { Count = 12 };
        try
        {
            string line = Refused("small/set", more);
            Assert.Matches("disk is full|cannot be written|No space left", line);
            Mount.Resize(small, "50m");
            Make("small/set", more);
            Make("whole", more);
            Assert.Equal(Shards("whole"), Shards("small/set"));
            Assert.All(Shards("whole"), name => Assert.Equal(Bytes("whole", name), Bytes("small/set", name)));
        }
        finally
        {
            Mount.Remove(small);
        }
    }

    [Fact]
    public void Run_Cancelled_KeepsWhatIsFinished()
    {
        using CancellationTokenSource source = new();
        int made = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new TrainingSetGenerator(Real(), Tiny with { Workers = 1 }, TimeProvider.System).Run(
                folder.File("a"),
                "0.1.0",
                new Listener(progress =>
                {
                    made = progress.MadeNow;
                    if (made == 2)
                    {
                        source.Cancel();
                    }
                }),
                source.Token
            )
        );

        Assert.Equal(2, made);
        Assert.Equal(2, Directory.GetFiles(folder.File("a/parts")).Length);
        Assert.Equal(3, Make("a", Tiny).MadeNow);
    }

    private SimulationProgress Make(string name, TrainingSetOptions options, LammpsInstallation? lammps = null) =>
        new TrainingSetGenerator(lammps ?? Real(), options, TimeProvider.System).Run(
            folder.File(name),
            "0.1.0",
            new Listener(_ => { }),
            TestContext.Current.CancellationToken
        );

    private string Refused(string name, TrainingSetOptions options, LammpsInstallation? lammps = null) =>
        Assert.Throws<InputException>(() => Make(name, options, lammps)).Message;

    private static LammpsInstallation Real()
    {
        ExternalTool.Require("lmp", "-h");
        return LammpsInstallation.Find(null, null);
    }

    private string[] Shards(string name) =>
        [.. Directory.GetFiles(folder.File(name), "crystals-*.h5").Select(file => Path.GetFileName(file)).Order()];

    private byte[] Bytes(string name, string shard) => File.ReadAllBytes(Path.Combine(folder.File(name), shard));

    private sealed class Listener(Action<SimulationProgress> hear) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => hear(value);
    }
}
