using System.Text.RegularExpressions;
using Fringe.App.Pages;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Figures;
using Fringe.Tests.App.Reports;

namespace Fringe.Tests.App.Pages;

public sealed class ComparePageTests
{
    [Fact]
    public void Render_OfAComparison_HasEveryFigureAndRefersToNothingOutside()
    {
        CrystalComparison comparison = SampleComparisons.Crystal(error: 0.004);

        string page = Page(comparison);

        Assert.All(
            ComparedFigureSet.OfWays(comparison).SelectMany(way => way),
            value => Assert.Contains($"<code>{value.Figure}</code>", page)
        );
        Assert.Contains("predict cold", page);
        Assert.DoesNotContain("http:", page);
        Assert.DoesNotContain("https:", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<link", page);
        Match source = Assert.Single(Regex.Matches(page, " src=\"([^\"]{0,30})"));
        Assert.StartsWith("data:image/png;base64,", source.Groups[1].Value);
    }

    [Fact]
    public void Render_MaliciousName_IsEscaped() =>
        Assert.DoesNotContain("<script", Page(SampleComparisons.Crystal(name: "<script>alert(1)</script>")));

    private static string Page(CrystalComparison comparison) =>
        ComparePage.Render(comparison, [1, 2, 3], [new(Stage.PredictCold, 1.5)], [new("seed", "1")]);
}
