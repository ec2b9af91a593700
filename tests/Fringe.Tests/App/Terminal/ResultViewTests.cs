using Fringe.App.Terminal;
using Fringe.Imaging.Figures;
using Fringe.Tests.App.Reports;
using Spectre.Console.Testing;

namespace Fringe.Tests.App.Terminal;

public sealed class ResultViewTests
{
    [Fact]
    public void Create_ResolutionInBothUnits_ShowsNanometres()
    {
        string[] lines = Print([
            PhasingFigures.Chi.Of(0.00174),
            PhasingFigures.PrtfResolution.Of(2.5),
            UncertaintyFigures.FscResolution.Of(3.5),
            StrainFigures.PrtfResolution.Of(15),
            StrainFigures.FscResolution.Of(null),
        ]);

        Assert.Contains(lines, line => line.Contains("resolution in nm, PRTF at 1/e") && line.Contains("15"));
        Assert.DoesNotContain(lines, line => line.Contains("resolution in voxels, PRTF"));
        // Not known in nm, so in voxels.
        Assert.Contains(lines, line => line.Contains("resolution in voxels, FSC") && line.Contains("3.50"));
        Assert.DoesNotContain(lines, line => line.Contains("resolution in nm, FSC"));
    }

    [Fact]
    public void Create_FiguresForScripts_AreLeftOut()
    {
        string[] lines = Print([PhasingFigures.Chi.Of(0.00174), PatternFigures.BadPixels.Of(3)]);

        Assert.Contains(lines, line => line.Contains("0.00174"));
        Assert.DoesNotContain(lines, line => line.Contains("bad pixels"));
    }

    private static string[] Print(FigureSet figures)
    {
        using var console = new TestConsole();
        console.Width(120);
        console.Write(ResultView.Create(SampleReports.Crystal(8, 8, 8) with { Figures = figures }, "out", []));
        return [.. console.Lines];
    }
}
