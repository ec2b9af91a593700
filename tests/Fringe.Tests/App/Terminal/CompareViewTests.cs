using Fringe.App.Terminal;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Figures;
using Fringe.Tests.App.Reports;
using Spectre.Console.Testing;

namespace Fringe.Tests.App.Terminal;

public sealed class CompareViewTests
{
    private static readonly StageTime[] Stages =
    [
        new(Stage.Read, 0.21),
        new(Stage.JudgePrediction, 0.3),
        new(Stage.Iterate, 12),
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Create_ThreeWays_PrintsThemAlignedWithEveryNumberNamed(int width)
    {
        string[] lines = Print(SampleComparisons.Crystal(error: 0.004), width);

        Assert.Equal(
            [
                "",
                "  figure                             iterative   network        network",
                "                                                           + refinement",
                "─────────────────────────────────────────────────────────────────────────",
                "  chi                                  0.00174   0.00174        0.00174",
                "  free log-likelihood                     1.31      1.31           1.31",
                "  support (voxels)                       4 012     4 012          4 012",
                "  distance to iterative                      -    0.0100         0.0200",
                "  distance to network                   0.0100         -              -",
                "  distance to network + refinement      0.0200         -              -",
                "  distance to the truth                0.00400   0.00400        0.00400",
                "  time (s)                                  12     0.300              4",
                "  speed-up over iterative (times)            1        40              3",
                "",
                "time by stage: read 0.210 s, judge prediction 0.300 s, iterate 12 s",
                "Nothing speaks against the network's prediction (spread 0.0200, chi on its own",
            ],
            lines.Take(15).Append(lines[15][..Math.Min(78, lines[15].Length)])
        );
        Assert.Equal(["written to out", "  compare.json"], lines[^2..]);
    }

    [Fact]
    public void Create_NetworkInDoubt_SaysWhyFirst()
    {
        string[] lines = Print(SampleComparisons.Crystal(doubt: "the object does not explain the pattern"), 200);

        Assert.StartsWith("note: The network's prediction is not to be trusted here", lines[0]);
        Assert.Contains("the object does not explain the pattern", lines[0]);
        Assert.DoesNotContain(lines, line => line.StartsWith("Nothing speaks", StringComparison.Ordinal));
    }

    private static string[] Print(CrystalComparison comparison, int width)
    {
        using var console = new TestConsole();
        console.Width(width);
        console.Write(CompareView.Create(comparison, Stages, "out", ["compare.json"]));
        return [.. console.Lines.Select(line => line.TrimEnd())];
    }
}
