using System.Text.Json.Nodes;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe phase</c> prints at the end of several scans: a row a scan, then what went wrong and where the results are.</summary>
internal static class SeriesView
{
    private static readonly (Figure Figure, string Heading)[] Columns =
    [
        (PhasingFigures.Chi, "chi"),
        (PhasingFigures.FreeMisfitOverNoise, "free misfit\n/ noise"),
        (PhasingFigures.SupportVoxels, "support,\nvoxels"),
        (TimeFigures.Total, "time, s"),
    ];

    public static IRenderable Create(IReadOnlyList<PhasedScan> scans)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("scan"));
        foreach ((_, string heading) in Columns)
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("outcome").NoWrap());
        foreach (PhasedScan scan in scans)
        {
            table.AddRow([
                new Text(TerminalText.Clean(scan.Name)),
                .. Columns.Select(column => new Text(NumberText.Figure(scan.Report?.Figures[column.Figure]))),
                Outcome(scan),
            ]);
        }

        int failed = scans.Count(scan => scan.Problem is not null);
        string count =
            failed == 0 ? $"{scans.Count} scans phased" : $"{scans.Count - failed} of {scans.Count} scans phased";
        return new Rows([
            table,
            .. scans.SelectMany(Notes),
            new UnwrappedLine(count),
            .. scans.Where(scan => scan.Folder is not null).Select(scan => new UnwrappedLine($"  {scan.Folder}")),
        ]);
    }

    /// <summary>A list with each scan's <c>metrics.json</c>, or its name and problem.</summary>
    public static string Json(IReadOnlyList<PhasedScan> scans)
    {
        JsonArray all =
        [
            .. scans.Select(scan =>
                scan.Json is { } json
                    ? JsonNode.Parse(json)
                    : new JsonObject { [Facts.Input.JsonName] = scan.Name, ["problem"] = scan.Problem }
            ),
        ];
        return JsonText.Of(all);
    }

    private static Text Outcome(PhasedScan scan) =>
        scan.Problem is not null ? new Text("not phased", new Style(Color.Red))
        : scan.Report!.Notes.Count > 0 ? new Text("see notes", new Style(Color.Yellow))
        : new Text("good");

    private static IEnumerable<IRenderable> Notes(PhasedScan scan) =>
        scan.Problem is { } problem
            ? [new Text($"{scan.Name}: {TerminalText.Clean(problem)}", new Style(Color.Red))]
            : scan.Report!.Notes.Select(note => new Text($"{scan.Name}: {note}", new Style(Color.Yellow)));
}
