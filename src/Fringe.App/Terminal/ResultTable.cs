using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What a finished run prints: its figures, then the files it wrote.</summary>
internal static class ResultTable
{
    /// <param name="rows">The figures, in the order to print.</param>
    /// <param name="folder">The folder that holds the files, as the user gave it.</param>
    /// <param name="files">Names within the folder.</param>
    public static IRenderable Create(IReadOnlyList<ResultRow> rows, string folder, IReadOnlyList<string> files)
    {
        Table figures = new Table()
            .Border(TableBorder.Simple)
            .AddColumn(new TableColumn("figure"))
            .AddColumn(new TableColumn("value").RightAligned().NoWrap())
            .AddColumn(new TableColumn("unit").NoWrap());
        foreach (ResultRow row in rows)
        {
            figures.AddRow(
                new Text(TerminalText.Clean(row.Name)),
                new Text(row.Value),
                new Text(TerminalText.Clean(row.Unit))
            );
        }

        return new Rows([figures, .. Files(folder, files)]);
    }

    /// <summary>Where the files are, a line each; nothing without files.</summary>
    public static IEnumerable<IRenderable> Files(string folder, IReadOnlyList<string> files) =>
        files.Count == 0
            ? []
            : files.Select(file => new UnwrappedLine($"  {file}")).Prepend(new UnwrappedLine($"written to {folder}"));
}
