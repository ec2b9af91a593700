using System.Net;
using System.Text.RegularExpressions;
using Fringe.App.Pages;
using Fringe.App.Pictures;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Imaging.Figures;
using Fringe.Tests.App.Reports;

namespace Fringe.Tests.App.Pages;

public sealed class HtmlReportTests
{
    private const string Malicious = "<script>alert('x')</script>\" onload=\"x.cxi";

    [Fact]
    public void Render_OfAReport_RefersToNothingOutside()
    {
        string page = Page(SampleReports.Crystal());

        Assert.DoesNotContain("http:", page);
        Assert.DoesNotContain("https:", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("url(", page);
        Assert.DoesNotContain(" href=", page);
        Assert.All(
            Regex.Matches(page, " src=\"([^\"]{0,30})").Select(match => match.Groups[1].Value),
            source => Assert.StartsWith("data:image/png;base64,", source)
        );
        Assert.Single(Regex.Matches(page, "<img "));
    }

    [Fact]
    public void Render_MaliciousText_IsEscapedEverywhere()
    {
        PhasingReport report = SampleReports.Crystal() with
        {
            SampleName = Malicious,
            Notes = [Malicious],
            Figures =
            [
                new Figure("one", Malicious, Malicious) { Unit = Malicious }.Of(1) with
                {
                    Remark = Malicious,
                },
                PhasingFigures.Chi.Of(1),
            ],
            Provenance = [new(Malicious, Malicious)],
        };

        string page = HtmlReport.Render(report, [new ReportPicture(Malicious, Malicious, [1, 2, 3])]);

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("onload=\"", page);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;x.cxi", page);
    }

    [Fact]
    public void Render_OfAReport_ShowsEveryFigureStartAndSource()
    {
        PhasingReport report = SampleReports.Crystal();

        string page = WebUtility.HtmlDecode(Page(report));

        Assert.All(report.Figures, value => Assert.Contains(value.Explanation, page));
        Assert.All(report.Provenance, row => Assert.Contains(row.Value, page));
        Assert.All(report.Notes, note => Assert.Contains(note, page));
        Assert.Equal(2, Regex.Count(page, "<td>kept</td>"));
        Assert.Single(Regex.Matches(page, "<td>dropped</td>"));
        Assert.Contains("<td class=\"number\">0.980</td>", page);
    }

    [Fact]
    public void Render_OfAReport_ClosesWhatItOpens()
    {
        string page = Page(SampleReports.Crystal());

        foreach (
            string tag in new[]
            {
                "html",
                "head",
                "body",
                "header",
                "style",
                "table",
                "thead",
                "tbody",
                "tr",
                "td",
                "ul",
                "li",
                "pre",
                "div",
            }
        )
        {
            Assert.Equal(Regex.Count(page, $"<{tag}[ >]"), Regex.Count(page, $"</{tag}>"));
        }
    }

    [Fact]
    public void Render_WithoutTables_LeavesThemOut()
    {
        PhasingReport report = SampleReports.Crystal() with
        {
            Figures = [],
            Notes = [],
            Provenance = [],
            Stages = [],
            Starts = [],
        };

        Assert.DoesNotContain("<table", HtmlReport.Render(report, []));
    }

    [Fact]
    public void Write_IntoAFolderThatIsMissing_LeavesNothing()
    {
        string path = Path.Combine(Path.GetTempPath(), $"fringe-{Guid.NewGuid():N}", "report.html");

        Assert.Throws<InputException>(() => HtmlReport.Write(SampleReports.Crystal(8, 8, 8), [], path));
    }

    private static string Page(PhasingReport report) =>
        HtmlReport.Render(report, [ReportPicture.Summary(SummaryPicture.Render(report))]);
}
