using System.Diagnostics;
using Fringe.Formats.Crystals;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Process;

using Process = System.Diagnostics.Process;

/// <summary>The job array of docs/cluster on a Slurm of one node that the test starts itself.</summary>
public sealed class SlurmTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string script = Path.Combine(AppContext.BaseDirectory, "Fixtures", "one-node-slurm.sh");

    public void Dispose()
    {
        Run("bash", [], script, "stop", folder.File("slurm"));
        // The daemons write their last words.
        Thread.Sleep(1000);
        folder.Dispose();
    }

    [Fact]
    public void JobArray_TwoTasks_MakeTheSetBetweenThem()
    {
        ExternalTool.Require("lmp", "-h");
        ExternalTool.Require("sbatch");
        ExternalTool.Require("munged");
        Assert.SkipUnless(Environment.UserName == "root", "only root can start a Slurm of its own");
        int port = 20000 + (2 * (Environment.ProcessId % 5000));
        Succeed(Run("bash", [], script, "start", folder.File("slurm"), $"{port}"));
        string job = Path.Combine(Repository.Root, "docs", "cluster", "simulate.slurm");
        string fringe = $"dotnet {Path.Combine(AppContext.BaseDirectory, "fringe.dll")}";
        string set = folder.File("set");

        Succeed(
            Run(
                "sbatch",
                new()
                {
                    ["FRINGE"] = fringe,
                    ["COUNT"] = "5",
                    ["SET"] = set,
                    ["OPTIONS"] = "--size-nm 2.6,3.2 --fewest-atoms 300 --field-voxels 24 --seed 4 --quiet",
                },
                "--wait",
                "--array=1-2",
                $"--chdir={folder.Path}",
                "--mem-per-cpu=0",
                job
            )
        );
        var merged = FringeProgram.Run(
            "simulate",
            "merge",
            Path.Combine(set, "job-1"),
            Path.Combine(set, "job-2"),
            "--output",
            folder.File("joined"),
            "--count",
            "5"
        );

        Assert.True(merged.Code == 0, merged.Error);
        Assert.Equal(
            [0, 1, 2, 3, 4],
            CrystalShardReader.Read(folder.File("joined/crystals-00000.h5")).Crystals.Select(crystal => crystal.Index)
        );
    }

    private static void Succeed((int Code, string Text) result) => Assert.True(result.Code == 0, result.Text);

    private (int Code, string Text) Run(string program, Dictionary<string, string> variables, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = folder.File("slurm/slurm.conf");
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
