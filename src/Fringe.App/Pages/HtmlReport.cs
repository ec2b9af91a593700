using System.Text;
using Fringe.App.Reports;
using Fringe.Core.Phasing.Combining;
using Fringe.Formats.Writing;
using Fringe.Imaging.Figures;

namespace Fringe.App.Pages;

/// <summary>
/// <c>report.html</c>: the whole result as one page that needs nothing else - no network, no scripts, pictures inside - so
/// that it can be mailed, printed and put beside the data. Everything that comes from outside is escaped.
/// </summary>
internal static class HtmlReport
{
    private static readonly Figure[] Headline =
    [
        PhasingFigures.Chi,
        PhasingFigures.FreeLogLikelihood,
        PhasingFigures.SupportVoxels,
        TimeFigures.Total,
    ];

    /// <summary>Writes the page and replaces the file at <paramref name="path"/>.</summary>
    public static void Write(PhasingReport report, IReadOnlyList<ReportPicture> pictures, string path) =>
        AsideFile.WriteAll(path, Encoding.UTF8.GetBytes(Render(report, pictures)));

    /// <summary>The page as text.</summary>
    public static string Render(PhasingReport report, IReadOnlyList<ReportPicture> pictures)
    {
        var page = new HtmlPage(report.SampleName);
        AddHeading(page, report);
        page.AddNotes(report.Notes);
        foreach (ReportPicture picture in pictures)
        {
            page.AddPicture(picture);
        }

        AddFigures(page, report.Figures);
        AddStarts(page, report.Starts);
        AddStages(page, report.Stages);
        page.AddProvenance(
            "What was done to the data",
            [.. report.Account.Select(line => new ProvenanceRow(line.What, line.Text))]
        );
        page.AddProvenance("Where this comes from", report.Provenance);
        AddHowToOpen(page);
        return page.Close();
    }

    private static void AddHeading(HtmlPage page, PhasingReport report)
    {
        string shape = $"{report.Measured.Depth} × {report.Measured.Height} × {report.Measured.Width} voxels";
        string starts = report.Starts.Count == 1 ? "1 start" : $"{report.Starts.Count} starts";
        string reasons = report.WhyGood.Length == 0 ? "" : $". {report.Verdict}: {report.WhyGood}.";
        page.AddHeader(
            report.SampleName,
            $"Bragg coherent diffraction, phased: {shape}, {starts}{reasons}",
            [
                .. report.Verdict.Length > 0 ? [("verdict", report.Verdict)] : Array.Empty<(string, string)>(),
                .. Headline
                    .Select(report.Figures.Find)
                    .OfType<FigureValue>()
                    .Select(value => (value.Figure.Name, value.TextWithUnit)),
            ]
        );
    }

    private static void AddFigures(HtmlPage page, FigureSet figures)
    {
        if (figures.Count == 0)
        {
            return;
        }

        page.AddTableStart("Figures", ["Name", "#Value", "Meaning", "Key in metrics.json"]);
        foreach (FigureValue figure in figures)
        {
            string value = Escape(figure.TextWithUnit);
            page.AddHtml(
                Invariant(
                    $"<tr><td>{Escape(figure.Figure.Name)}</td><td class=\"number\">{value}</td><td>{Escape(figure.Explanation)}</td>"
                )
            );
            page.AddHtml(Invariant($"<td class=\"name\"><code>{Escape(figure.Figure.JsonName)}</code></td></tr>\n"));
        }

        page.AddTableEnd();
    }

    private static void AddStarts(HtmlPage page, IReadOnlyList<StartOutcome> starts)
    {
        if (starts.Count == 0)
        {
            return;
        }

        page.AddTableStart(
            "Starts, best first",
            ["#Start", "#chi", "#free LLK", "#Support (voxels)", "#Agreement with the best", "Average"],
            wide: false
        );
        foreach (StartOutcome start in starts)
        {
            page.AddHtml(start.IsKept ? "<tr>" : "<tr class=\"dropped\">");
            foreach (
                string text in new[]
                {
                    NumberText.Count(start.Number),
                    NumberText.Figure(start.Chi),
                    NumberText.Figure(start.FreeLogLikelihood),
                    NumberText.Count(start.SupportVoxels),
                    NumberText.Correlation(start.Agreement),
                }
            )
            {
                page.AddHtml(Invariant($"<td class=\"number\">{text}</td>"));
            }

            page.AddHtml(start.IsKept ? "<td>kept</td></tr>\n" : "<td>dropped</td></tr>\n");
        }

        page.AddTableEnd();
    }

    private static void AddStages(HtmlPage page, IReadOnlyList<StageTime> stages)
    {
        if (stages.Count == 0)
        {
            return;
        }

        page.AddTableStart("Time", ["Stage", "#Duration"], wide: false);
        foreach (StageTime stage in stages)
        {
            string time = NumberText.Duration(TimeSpan.FromSeconds(stage.Seconds));
            page.AddHtml(Invariant($"<tr><td>{Escape(stage.Stage.Name)}</td><td class=\"number\">{time}</td></tr>\n"));
        }

        page.AddTableEnd();
    }

    private static void AddHowToOpen(HtmlPage page) =>
        page.AddHtml(
            """
            <section class="whole">
            <h2>Opening the result</h2>
            <p>In Python, beside this page:</p>
            <pre>import numpy as np
            obj = np.load("reconstruction.npy")      # complex64 [z, y, x], the object at index N//2
            support = np.load("support.npy")
            amplitude, phase = np.abs(obj), np.angle(obj)

            import matplotlib.pyplot as plt          # the x–y plane as drawn above
            plt.imshow(amplitude[obj.shape[0] // 2], origin="lower"); plt.show()</pre>
            <p>In ParaView: open <code>reconstruction.vti</code>, press Apply, add the filter Contour on
            <code>amplitude</code> at about half of its maximum and colour it by <code>phase</code>.
            <code>reconstruction.cxi</code> is HDF5: silx view and h5py open it.</p>
            </section>

            """
        );

    private static string Escape(string text) => HtmlPage.Escape(text);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
