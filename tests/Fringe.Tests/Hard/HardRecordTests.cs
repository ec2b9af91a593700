using Fringe.Benchmarks.Hard;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Hard;

/// <summary>A study that was killed goes on after the last run that had ended.</summary>
public sealed class HardRecordTests
{
    [Fact]
    public void Open_AfterRuns_HasThemAsTheyWere()
    {
        using TemporaryFolder folder = new();
        HardRecord record = HardRecord.Open(folder.File("hard.csv"));
        HardRun run = Run(1) with { Reason = "starts differ (0.86), and \"noise\" does not", TwinShare = double.NaN };
        record.Add(run);
        record.Add(Run(2));

        HardRecord again = HardRecord.Open(folder.File("hard.csv"));

        Assert.Equal(2, again.Runs.Count);
        Assert.Equal(
            run with
            {
                Reason = "starts differ (0.86), and 'noise' does not",
            },
            Comparable(again.Runs[0], run)
        );
        Assert.Equal(run.Blur, again.Runs[0].Blur);
        Assert.Equal(run.Oversampling, again.Runs[0].Oversampling);
        Assert.True(again.Has("rod", 2, "auto"));
        Assert.False(again.Has("rod", 2, "iterative"));
        Assert.False(again.Has("rod", 3, "auto"));
    }

    [Fact]
    public void Open_AfterACutOffLine_DropsItAndGoesOn()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("hard.csv");
        HardRecord.Open(path).Add(Run(1));
        string half = Run(2).ToString();
        File.AppendAllText(path, half[..(half.Length - 4)]);

        HardRecord record = HardRecord.Open(path);
        Assert.Equal([1], record.Runs.Select(run => run.Seed));
        record.Add(Run(2));

        Assert.Equal([1, 2], HardRecord.Open(path).Runs.Select(run => run.Seed));
    }

    // Lists are equal by what they are, not by what they hold.
    private static HardRun Comparable(HardRun run, HardRun like) =>
        run with
        {
            Blur = like.Blur,
            Oversampling = like.Oversampling,
        };

    private static HardRun Run(int seed) =>
        new()
        {
            Kind = "rod",
            Seed = seed,
            Method = "auto",
            Error = 0.01234,
            ErrorOnPattern = 0.01134,
            Chi = 0.0052,
            FreeMisfit = 1.25,
            Misfit = 1.125,
            NoiseChi = 0.0025,
            Verdict = "good",
            Blur = [0, 0.5, 1.25],
            TwinShare = 0.125,
            Oversampling = [2, 2.5, 3.125],
            SupportVoxels = 4321,
            Shape = "64x64x60",
            Starts = 3,
            Origin = "random 3",
            Seconds = 1.25,
            Code = "c888305",
            Reason = "two starts agree",
        };
}
