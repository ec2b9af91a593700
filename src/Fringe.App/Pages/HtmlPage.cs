using System.Globalization;
using System.Net;
using System.Text;
using Fringe.App.Reports;

namespace Fringe.App.Pages;

/// <summary>
/// A page that needs nothing else - no network, no scripts, pictures inside - so that it can be mailed, printed and put beside
/// the data. What is added as text is escaped.
/// </summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder page = new();

    public HtmlPage(string title) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>{Escape(title)} - Fringe</title>
            <style>
            {ReportStyleSheet.Css}
            </style>
            </head>
            <body>

            """
        );

    /// <summary>The heading, a line below it, and the figures to see first.</summary>
    public void AddHeader(string heading, string below, IEnumerable<(string Name, string Value)> figures)
    {
        page.Append("<header>\n").Append(Invariant($"<h1>{Escape(heading)}</h1>\n"));
        page.Append(Invariant($"<p class=\"below\">{Escape(below)}</p>\n"));
        page.Append("</header>\n<ul class=\"figures\">\n");
        foreach ((string name, string value) in figures)
        {
            page.Append(Invariant($"<li><span>{Escape(name)}</span><strong>{Escape(value)}</strong></li>\n"));
        }

        page.Append("</ul>\n");
    }

    /// <summary>What the reader must know, where there is anything.</summary>
    public void AddNotes(IReadOnlyList<string> notes)
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

    public void AddPicture(ReportPicture picture) =>
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

    /// <summary>Where something comes from, a line each; nothing without rows.</summary>
    public void AddProvenance(string heading, IReadOnlyList<ProvenanceRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        AddTableStart(heading, ["What", "Value"]);
        foreach (ProvenanceRow row in rows)
        {
            page.Append(
                Invariant(
                    $"<tr><td class=\"name\">{Escape(row.Name)}</td><td class=\"long\">{Escape(row.Value)}</td></tr>\n"
                )
            );
        }

        AddTableEnd();
    }

    /// <summary>Opens a table under a heading; a column that starts with # holds numbers.</summary>
    public void AddTableStart(string heading, string[] columns, bool wide = true)
    {
        page.Append(
            Invariant(
                $"<h2>{Escape(heading)}</h2>\n<div class=\"scroll\"><table{(wide ? string.Empty : " class=\"narrow\"")}>\n<thead><tr>"
            )
        );
        foreach (string column in columns)
        {
            page.Append(column[0] == '#' ? $"<th class=\"number\">{column[1..]}</th>" : $"<th>{column}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
    }

    public void AddTableEnd() => page.Append("</tbody>\n</table></div>\n");

    /// <summary>Adds HTML as it stands: whatever comes from outside must be escaped.</summary>
    public void AddHtml(string html) => page.Append(html);

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The whole page.</summary>
    public string Close() => page.Append("</body>\n</html>\n").Replace("\r\n", "\n").ToString();

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
