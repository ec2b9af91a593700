using Fringe.Formats.Crystals;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Simulation.Lammps;

namespace Fringe.Tests.Process;

using Process = System.Diagnostics.Process;

/// <summary><c>fringe simulate</c> as a user runs it.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private static readonly string[] Tiny =
    [
        "--size-nm",
        "2.6,3.2",
        "--fewest-atoms",
        "300",
        "--field-voxels",
        "24",
        "--workers",
        "2",
        "--seed",
        "4",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // "Must show" of the training data: killed ten times at random points, then finished.
    [Fact]
    public void Simulate_KilledTenTimes_EndsWithTheCrystalsOfAnUninterruptedRun()
    {
        RequireLammps();
        Random random = new(3);
        string[] run = ["simulate", "--count", "30", .. Tiny, "--output"];
        for (int kill = 0; kill < 10; kill++)
        {
            using Process process = FringeProgram.Start([.. run, folder.File("killed"), "--quiet"]);
            if (!process.WaitForExit(TimeSpan.FromMilliseconds(random.Next(700, 2500))))
            {
                process.Kill();
                process.WaitForExit();
            }
        }

        FringeProgram.Outcome finished = FringeProgram.Run([.. run, folder.File("killed")]);
        FringeProgram.Outcome whole = FringeProgram.Run([.. run, folder.File("whole")]);

        Assert.Equal((0, 0), (finished.Code, whole.Code));
        // A crystal that LAMMPS failed on is drawn anew, and the sets differ: then its reason is wanted.
        Assert.DoesNotContain(",failed,", File.ReadAllText(folder.File(Path.Combine("killed", "crystals.csv"))));
        Assert.DoesNotContain(",failed,", File.ReadAllText(folder.File(Path.Combine("whole", "crystals.csv"))));
        Assert.Equal(File.ReadAllBytes(Shard("whole")), File.ReadAllBytes(Shard("killed")));
        Assert.Equal(
            Enumerable.Range(0, 30),
            CrystalShardReader.Read(Shard("killed")).Crystals.Select(crystal => crystal.Index)
        );
        // Nothing of the killed runs is left but their lines in the log.
        Assert.Equal(
            ["crystals-00000.h5", "crystals.csv", "set.json"],
            Directory
                .EnumerateFileSystemEntries(folder.File("killed"))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Simulate_Killed_LammpsEndsToo()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "setpriv (util-linux) is not installed");
        string lmp = FakeLammps.Write(folder.File("lmp"), $"echo $$ > {folder.File("pid")}; exec sleep 300");
        using Process process = FringeProgram.Start([
            "simulate",
            .. Tiny,
            "--lmp",
            lmp,
            "--potential",
            folder.File("a.eam", "potential"),
            "--output",
            folder.File("set"),
        ]);
        SpinWait.SpinUntil(
            () => File.Exists(folder.File("pid")) && File.ReadAllText(folder.File("pid")).EndsWith('\n'),
            FringeProgram.Patience
        );
        int child = int.Parse(File.ReadAllText(folder.File("pid")));
        Assert.True(IsRunning(child));

        process.Kill();
        process.WaitForExit();

        Assert.True(SpinWait.SpinUntil(() => !IsRunning(child), FringeProgram.Patience), "LAMMPS went on");
    }

    [Fact]
    public void Simulate_Finished_PrintsItsFigures()
    {
        RequireLammps();
        FringeProgram.Outcome outcome = FringeProgram.Run([
            "simulate",
            "--count",
            "2",
            .. Tiny,
            "--output",
            folder.File("set"),
        ]);

        Assert.Equal(0, outcome.Code);
        string[] wanted = ["crystals in the set", "crystals/h", "workers' time inside LAMMPS", "redrawn", "failed"];
        Assert.All(wanted, text => Assert.Contains(text, outcome.Text));
        Assert.Contains("crystals 2/2", outcome.Error);
    }

    [Theory]
    [InlineData("--size-nm", "--size-nm", "1")]
    [InlineData("--size-nm", "--size-nm", "20,10")]
    [InlineData("--strain", "--strain", "0.3")]
    [InlineData("--planes", "--planes", "0,3")]
    [InlineData("--tolerance", "--tolerance", "1")]
    [InlineData("--clamped", "--clamped", "2")]
    [InlineData("--count", "--count", "0")]
    [InlineData("--workers", "--workers", "0")]
    [InlineData("i/n", "--shard", "3")]
    [InlineData("i from 1 to n", "--shard", "5/4")]
    [InlineData("all even or all odd", "--examples", "--reflection", "211")]
    [InlineData("is no reflection", "--families", "abc")]
    [InlineData("apt install lammps", "--lmp", "/no/such/lmp")]
    [InlineData("lammps-data", "--lmp", "/bin/sh", "--potential", "None.eam")]
    public void Simulate_BadOption_IsOneLineAndNothingIsMade(string problem, params string[] options)
    {
        string line = FringeProgram.Run(["simulate", "--output", folder.File("set"), .. options]).BadInputLine();

        Assert.Contains(problem, line);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Simulate_NoOutput_AsksForIt() =>
        Assert.Contains("--output", FringeProgram.Run("simulate", "--count", "3").BadInputLine());

    [Fact]
    public void Simulate_UnwritableOutput_SaysSo()
    {
        RequireLammps();

        Assert.Contains(
            "cannot be written",
            FringeProgram.Run("simulate", "--output", "/proc/fringe/set").BadInputLine()
        );
    }

    [Fact]
    public void Merge_NoSuchFolder_SaysSo() =>
        Assert.Contains(
            "no such file or folder",
            FringeProgram
                .Run("simulate", "merge", folder.File("none"), "--output", folder.File("joined"))
                .BadInputLine()
        );

    [Fact]
    public void Merge_Jobs_NamesWhatIsMissing()
    {
        Fringe.Tests.Simulation.SimulatedCrystals.WriteShard(folder.File("job1"), 0, 2, 3, 6);

        FringeProgram.Outcome outcome = FringeProgram.Run(
            "simulate",
            "merge",
            folder.File("job1"),
            "--output",
            folder.File("joined"),
            "--count",
            "8"
        );

        Assert.Equal(0, outcome.Code);
        Assert.Contains("missing: 1, 4-5, 7", outcome.Text);
    }

    private string Shard(string name) => Path.Combine(folder.File(name), "crystals-00000.h5");

    private static void RequireLammps() => ExternalTool.Require("lmp", "-h");

    private static bool IsRunning(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
