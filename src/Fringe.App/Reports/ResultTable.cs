using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Reports;

/// <summary>What a finished run prints: its figures, then the files it wrote.</summary>
internal static class ResultTable
{
    /// <param name="metrics">The figures, in the order to print.</param>
    /// <param name="folder">The folder that holds the files, as the user gave it.</param>
    /// <param name="files">Names within the folder.</param>
    public static IRenderable Create(IReadOnlyList<MetricRow> metrics, string folder, IReadOnlyList<string> files)
    {
        Table figures = new Table()
            .Border(TableBorder.Simple)
            .AddColumn(new TableColumn("figure"))
            .AddColumn(new TableColumn("value").RightAligned().NoWrap())
            .AddColumn(new TableColumn("unit").NoWrap());
        foreach (MetricRow metric in metrics)
        {
            figures.AddRow(
                new Text(TerminalText.Clean(metric.Name)),
                new Text(NumberText.Figure(metric.Value)),
                new Text(TerminalText.Clean(metric.Unit))
            );
        }

        var lines = new List<IRenderable> { figures };
        if (files.Count > 0)
        {
            lines.Add(new UnwrappedLine($"written to {folder}"));
            lines.AddRange(files.Select(file => new UnwrappedLine($"  {file}")));
        }

        return new Rows(lines);
    }
}
