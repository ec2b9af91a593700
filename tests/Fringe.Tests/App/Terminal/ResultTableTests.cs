using Fringe.App.Terminal;
using Fringe.Core.Metrics;
using Fringe.Imaging.Figures;
using Spectre.Console.Testing;

namespace Fringe.Tests.App.Terminal;

public sealed class ResultTableTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Create_FiguresAndFiles_PrintsThemAligned(int width)
    {
        using var console = new TestConsole();
        console.Width(width);

        console.Write(ResultTable.Create(Rows, "out/scan54", ["reconstruction.cxi", "summary.png"]));

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

        console.Write(ResultTable.Create(Rows, folder, ["summary.png"]));

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
    public void Create_Figures_HasTheirDigitsAndLimits()
    {
        using var console = new TestConsole();
        ShellCurve high = new([0.1, 0.3, 0.5], [1, 0.9, 0.8]);
        ShellCurve low = new([0.1, 0.3, 0.5], [1, 0.4, 0.1]);
        FigureSet figures =
        [
            StrainFigures.PrtfResolution.OfResolution(high, 0.5, voxel: 4),
            StrainFigures.FscResolution.OfResolution(low, 0.5, voxel: 4),
            StrainFigures.DSpacing.Of(0.23348123),
        ];

        console.Write(ResultTable.Create([.. figures.Select(ResultRow.Of)], "out", []));

        Assert.Contains(console.Lines, line => line.Contains("PRTF") && line.Contains("<= 8 "));
        Assert.Contains(console.Lines, line => line.Contains("FSC") && line.Contains(" 15 "));
        Assert.Contains(console.Lines, line => line.Contains("d-spacing") && line.Contains(" 0.23348 "));
    }

    private static ResultRow[] Rows =>
        [ResultRow.Of("chi", 0.00174), ResultRow.Of("support", 4012, "voxels"), ResultRow.Of("time", 3.24, "s")];
}
