using Fringe.App.Terminal;
using Fringe.Core.Metrics;
using Fringe.Imaging.Figures;
using Spectre.Console.Testing;

namespace Fringe.Tests.Reports;

public sealed class ResultTableTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Create_FiguresAndFiles_PrintsThemAligned(int width)
    {
        using var console = new TestConsole();
        console.Width(width);

        console.Write(ResultTable.Create(Metrics, "out/scan54", ["reconstruction.cxi", "summary.png"]));

        Assert.Equal(
            [
                "",
                "  figure      value   unit",
                "──────────────────────────────",
                "  chi       0.00174",
                "  support     4 012   voxels",
                "  time         3.24   s",
                "",
                "written to out/scan54",
                "  reconstruction.cxi",
                "  summary.png",
            ],
            console.Lines.Select(line => line.TrimEnd())
        );
    }

    [Fact]
    public void Create_LongFolder_IsNotBroken()
    {
        using var console = new TestConsole();
        console.Width(80);
        string folder = "/data/" + string.Join('/', Enumerable.Repeat("long_folder_name", 12));

        console.Write(ResultTable.Create(Metrics, folder, ["summary.png"]));

        Assert.Contains($"written to {folder}", console.Lines);
    }

    [Fact]
    public void Create_NameWithMarkupOrControlCodes_PrintsItHarmlessly()
    {
        using var console = new TestConsole();

        console.Write(ResultTable.Create([], "[red]out\u001b[2J", ["a\nb"]));

        Assert.Contains("written to [red]out?[2J", console.Lines);
        Assert.Contains("  a?b", console.Lines);
    }

    [Fact]
    public void Create_ResolutionNeverReached_IsAtMostTheLimit()
    {
        using var console = new TestConsole();
        ShellCurve high = new([0.1, 0.3, 0.5], [1, 0.9, 0.8]);
        ShellCurve low = new([0.1, 0.3, 0.5], [1, 0.4, 0.1]);

        console.Write(
            ResultTable.Create(
                [
                    MetricRow.Resolution("a", "one", high, 0.5, voxel: 4, "nm", ""),
                    MetricRow.Resolution("b", "two", low, 0.5, voxel: 4, "nm", ""),
                    new("c", "three", 0.23348123, "nm", "") { Digits = 5 },
                ],
                "out",
                []
            )
        );

        Assert.Contains(console.Lines, line => line.Contains("one") && line.Contains("<= 8"));
        Assert.Contains(console.Lines, line => line.Contains("two") && line.Contains(" 15 "));
        Assert.Contains(console.Lines, line => line.Contains("three") && line.Contains(" 0.23348 "));
    }

    private static MetricRow[] Metrics =>
        [
            new("chi", "chi", 0.00174, "", "misfit"),
            new("support_voxels", "support", 4012, "voxels", "size"),
            new("seconds_total", "time", 3.24, "s", "all of it"),
        ];
}
