using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe simulate report</c> prints.</summary>
internal static class CrystalSetView
{
    /// <param name="data">The set.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="files">Names within the folder.</param>
    public static IRenderable Create(CrystalSetData data, string folder, IReadOnlyList<string> files)
    {
        Table table = new Table()
            .Border(TableBorder.Simple)
            .AddColumn(new TableColumn("figure"))
            .AddColumn(new TableColumn("least").RightAligned().NoWrap())
            .AddColumn(new TableColumn("median").RightAligned().NoWrap())
            .AddColumn(new TableColumn("most").RightAligned().NoWrap())
            .AddColumn(new TableColumn("unit").NoWrap());
        IEnumerable<CrystalFigure> all = CrystalFigures.Of(data);
        foreach (CrystalFigure figure in CrystalFigures.LammpsSeconds(data) is { } time ? all.Append(time) : all)
        {
            table.AddRow(
                new Text(figure.Name),
                new Text(NumberText.Figure(figure.Least)),
                new Text(NumberText.Figure(figure.Median)),
                new Text(NumberText.Figure(figure.Most)),
                new Text(figure.Unit)
            );
        }

        List<IRenderable> lines =
        [
            new Text(
                $"{NumberText.Count(data.Crystals.Count)} crystals{(data.IsUnfinished ? " so far" : "")}{Speed(data)}"
            ),
            table,
            new UnwrappedLine($"written to {folder}"),
            .. files.Select(file => new UnwrappedLine($"  {file}")),
        ];
        return new Rows(lines);
    }

    private static string Speed(CrystalSetData data) =>
        data.Throughput is { } throughput
            ? $", {NumberText.Count((long)Math.Round(throughput.CrystalsPerHour))} per hour"
            : "";
}
