using Fringe.Formats.Arrays;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>How <c>fringe inspect</c> prints a file.</summary>
internal static class InspectView
{
    /// <summary>Columns beside the dataset's name take about this much.</summary>
    private const int OtherColumns = 62;

    /// <param name="file">What was found.</param>
    /// <param name="stack">What its stack is like.</param>
    /// <param name="picture">The picture that was drawn of it; null = none.</param>
    /// <param name="width">Columns of the terminal: where the names do not fit a table, each stands on a line of its own.</param>
    public static IRenderable Create(FileDescription file, InspectedFrames stack, string? picture, int width)
    {
        var lines = new List<IRenderable> { new UnwrappedLine(file.Path), new Text(TerminalText.Clean(file.Format)) };
        int longest = file.Arrays.Select(array => array.Name.Length).DefaultIfEmpty(0).Max();
        if (file.Arrays.Count == 0)
        {
            lines.Add(new Text("no arrays"));
        }
        else if (longest + OtherColumns <= width)
        {
            lines.Add(Arrays(file.Arrays));
        }
        else
        {
            lines.AddRange(file.Arrays.SelectMany(NameAboveDetails).Append(Text.Empty));
        }

        if (file.Metadata.Count > 0)
        {
            lines.Add(Metadata(file.Metadata));
        }

        if (stack.Measurement is { } measurement)
        {
            lines.Add(AccountView.Create(measurement.Account));
        }

        lines.AddRange(
            InspectedFile
                .NotesOf(stack)
                .Select(note => new Text($"note: {TerminalText.Clean(note)}", new Style(Color.Yellow)))
        );
        if (picture is not null)
        {
            lines.Add(new UnwrappedLine($"drawn to {picture}"));
        }

        return new Rows(lines);
    }

    private static IEnumerable<IRenderable> NameAboveDetails(ArrayDescription array)
    {
        string[] details = [Shape(array), array.ElementType, NumberText.Bytes(array.Bytes), array.Compression];
        yield return Text.Empty;
        yield return new UnwrappedLine($"  {Name(array)}");
        yield return new Padder(
            new Text(TerminalText.Clean(string.Join(", ", details.Where(detail => detail.Length > 0)))),
            new Padding(4, 0, 0, 0)
        );
    }

    private static string Name(ArrayDescription array) => array.Name.Length == 0 ? "-" : array.Name;

    private static string Shape(ArrayDescription array) =>
        array.Shape.Count == 0 ? "scalar" : string.Join(" x ", array.Shape);

    private static Table Arrays(IReadOnlyList<ArrayDescription> arrays)
    {
        Table table = new Table()
            .Border(TableBorder.Simple)
            .AddColumn(new TableColumn("dataset"))
            .AddColumn(new TableColumn("shape").NoWrap())
            .AddColumn(new TableColumn("type").NoWrap())
            .AddColumn(new TableColumn("size").RightAligned().NoWrap())
            .AddColumn(new TableColumn("filters"));
        foreach (ArrayDescription array in arrays)
        {
            table.AddRow(
                new Text(TerminalText.Clean(Name(array))),
                new Text(Shape(array)),
                new Text(TerminalText.Clean(array.ElementType)),
                new Text(NumberText.Bytes(array.Bytes)),
                new Text(array.Compression.Length == 0 ? "-" : TerminalText.Clean(array.Compression))
            );
        }

        return table;
    }

    private static string Value(MetadataItem row) =>
        row.Unit is null ? row.Value
        : row.Unit == "bytes" && long.TryParse(row.Value, out long bytes) ? NumberText.Bytes(bytes)
        : $"{row.Value} {row.Unit}";

    private static Grid Metadata(IReadOnlyList<MetadataItem> rows)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().PadLeft(2).PadRight(3)).AddColumn(new GridColumn());
        foreach (MetadataItem row in rows)
        {
            grid.AddRow(new Text(TerminalText.Clean(row.Name)), new Text(TerminalText.Clean(Value(row))));
        }

        return grid;
    }
}
