using System.Globalization;
using System.Net;
using System.Text;
using Fringe.Core.PhaseRetrieval;

namespace Fringe.App.Reports;

/// <summary>
/// <c>report.html</c>: the whole result as one page that needs nothing else - no network, no scripts, pictures inside - so
/// that it can be mailed, printed and put beside the data. Everything that comes from outside is escaped.
/// </summary>
internal static class HtmlReport
{
    private static readonly string[] Headline =
    [
        MetricKeys.Chi,
        MetricKeys.FreeLogLikelihood,
        MetricKeys.SupportVoxels,
        MetricKeys.SecondsTotal,
    ];

    /// <summary>Writes the page and replaces the file at <paramref name="path"/>.</summary>
    public static void Write(PhasingReport report, IReadOnlyList<ReportPicture> pictures, string path) =>
        AsideFile.Write(path, Encoding.UTF8.GetBytes(Render(report, pictures)));

    /// <summary>The page as text.</summary>
    public static string Render(PhasingReport report, IReadOnlyList<ReportPicture> pictures)
    {
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>{Escape(report.SampleName)} - Fringe</title>
            <style>
            {ReportStyleSheet.Css}
            </style>
            </head>
            <body>

            """
        );
        AddHeading(page, report);
        AddNotes(page, report.Notes);
        foreach (ReportPicture picture in pictures)
        {
            AddPicture(page, picture);
        }

        AddMetrics(page, report.Metrics);
        AddStarts(page, report.Starts);
        AddStages(page, report.Stages);
        AddProvenance(page, report.Provenance);
        AddHowToOpen(page);
        page.Append("</body>\n</html>\n");
        return page.Replace("\r\n", "\n").ToString();
    }

    private static void AddHeading(StringBuilder page, PhasingReport report)
    {
        page.Append("<header>\n").Append(Invariant($"<h1>{Escape(report.SampleName)}</h1>\n"));
        string shape = $"{report.Measured.Depth} × {report.Measured.Height} × {report.Measured.Width} voxels";
        string starts = report.Starts.Count == 1 ? "1 start" : $"{report.Starts.Count} starts";
        string voxel = report.VoxelSize is { } size
            ? $", voxel {NumberText.Figure(size.ZNanometres)} × {NumberText.Figure(size.YNanometres)} × "
                + $"{NumberText.Figure(size.XNanometres)} nm (z, y, x)"
            : string.Empty;
        page.Append(
            Invariant($"<p class=\"below\">Bragg coherent diffraction, phased: {shape}{voxel}, {starts}</p>\n")
        );
        page.Append("</header>\n<ul class=\"figures\">\n");
        foreach (string key in Headline)
        {
            if (report.FindMetric(key) is { } metric)
            {
                string value = Escape(NumberText.WithUnit(metric.Value, metric.Unit));
                page.Append(Invariant($"<li><span>{Escape(metric.Name)}</span><strong>{value}</strong></li>\n"));
            }
        }

        page.Append("</ul>\n");
    }

    private static void AddNotes(StringBuilder page, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        page.Append("<ul class=\"warnings\">\n");
        foreach (string note in notes)
        {
            page.Append(Invariant($"<li>{Escape(note)}</li>\n"));
        }

        page.Append("</ul>\n");
    }

    private static void AddPicture(StringBuilder page, ReportPicture picture) =>
        page.Append(
            Invariant(
                $"""
                <h2>{Escape(picture.Title)}</h2>
                <figure>
                <img alt="{Escape(picture.Description)}" src="data:image/png;base64,{Convert.ToBase64String(
                    picture.Png
                )}">
                <figcaption>{Escape(picture.Description)}</figcaption>
                </figure>

                """
            )
        );

    private static void AddMetrics(StringBuilder page, IReadOnlyList<MetricRow> metrics)
    {
        if (metrics.Count == 0)
        {
            return;
        }

        AddTableStart(page, "Figures", ["Name", "#Value", "Meaning", "Key in metrics.json"]);
        foreach (MetricRow metric in metrics)
        {
            string value = Escape(NumberText.WithUnit(metric.Value, metric.Unit));
            page.Append(
                Invariant(
                    $"<tr><td>{Escape(metric.Name)}</td><td class=\"number\">{value}</td><td>{Escape(metric.Meaning)}</td>"
                )
            );
            page.Append(Invariant($"<td class=\"name\"><code>{Escape(metric.Key)}</code></td></tr>\n"));
        }

        AddTableEnd(page);
    }

    private static void AddStarts(StringBuilder page, IReadOnlyList<StartSummary> starts)
    {
        if (starts.Count == 0)
        {
            return;
        }

        AddTableStart(
            page,
            "Starts, best first",
            ["#Start", "#chi", "#free LLK", "#Support (voxels)", "#Agreement with the best", "Average"],
            wide: false
        );
        foreach (StartSummary start in starts)
        {
            page.Append(start.IsKept ? "<tr>" : "<tr class=\"dropped\">");
            foreach (
                string text in new[]
                {
                    NumberText.Count(start.Start),
                    NumberText.Figure(start.Chi),
                    NumberText.Figure(start.FreeLogLikelihood),
                    NumberText.Count(start.SupportVoxels),
                    NumberText.Correlation(start.Agreement),
                }
            )
            {
                page.Append(Invariant($"<td class=\"number\">{text}</td>"));
            }

            page.Append(start.IsKept ? "<td>kept</td></tr>\n" : "<td>dropped</td></tr>\n");
        }

        AddTableEnd(page);
    }

    private static void AddStages(StringBuilder page, IReadOnlyList<StageTime> stages)
    {
        if (stages.Count == 0)
        {
            return;
        }

        AddTableStart(page, "Time", ["Stage", "#Duration"], wide: false);
        foreach (StageTime stage in stages)
        {
            string time = NumberText.Duration(TimeSpan.FromSeconds(stage.Seconds));
            page.Append(Invariant($"<tr><td>{Escape(stage.Stage)}</td><td class=\"number\">{time}</td></tr>\n"));
        }

        AddTableEnd(page);
    }

    private static void AddProvenance(StringBuilder page, IReadOnlyList<ProvenanceRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        AddTableStart(page, "Where this comes from", ["What", "Value"]);
        foreach (ProvenanceRow row in rows)
        {
            page.Append(
                Invariant(
                    $"<tr><td class=\"name\">{Escape(row.Name)}</td><td class=\"long\">{Escape(row.Value)}</td></tr>\n"
                )
            );
        }

        AddTableEnd(page);
    }

    private static void AddHowToOpen(StringBuilder page) =>
        page.Append(
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

    /// <summary>Opens a table under a heading; a column that starts with # holds numbers.</summary>
    private static void AddTableStart(StringBuilder page, string heading, string[] columns, bool wide = true)
    {
        page.Append(
            Invariant(
                $"<h2>{heading}</h2>\n<div class=\"scroll\"><table{(wide ? string.Empty : " class=\"narrow\"")}>\n<thead><tr>"
            )
        );
        foreach (string column in columns)
        {
            page.Append(column[0] == '#' ? $"<th class=\"number\">{column[1..]}</th>" : $"<th>{column}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
    }

    private static void AddTableEnd(StringBuilder page) => page.Append("</tbody>\n</table></div>\n");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
