using Fringe.App.Reports;
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

    private static MetricRow[] Metrics =>
        [
            new("chi", "chi", 0.00174, "", "misfit"),
            new("support_voxels", "support", 4012, "voxels", "size"),
            new("seconds_total", "time", 3.24, "s", "all of it"),
        ];
}
