using Fringe.App.Reports;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe compare</c> prints at its end: the ways side by side, the time of each stage, and where the files are.</summary>
internal static class CompareView
{
    public static IRenderable Create(
        CrystalComparison comparison,
        IReadOnlyList<StageTime> stages,
        string folder,
        IReadOnlyList<string> files
    )
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("figure"));
        foreach (ComparedWay way in comparison.Ways)
        {
            // In two lines, so that the table fits into 80 columns.
            Text heading = new(way.Way.Name.Replace(" + ", "\n+ ", StringComparison.Ordinal));
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        IReadOnlyList<FigureSet> ways = ComparedFigureSet.OfWays(comparison);
        foreach (FigureValue first in ways[0])
        {
            table.AddRow([
                new Text(first.Figure.Label),
                .. ways.Select(way => new Text(NumberText.Figure(way[first.Figure]))),
            ]);
        }

        string times = string.Join(
            ", ",
            stages.Select(stage => $"{stage.Stage.Name} {NumberText.Figure(stage.Seconds)} s")
        );
        IEnumerable<IRenderable> notes = comparison.Notes.Select(note => new Text(
            $"note: {FlagNames.Render(note)}",
            new Style(Color.Yellow)
        ));
        return new Rows([
            .. notes,
            table,
            new Text($"time by stage: {times}"),
            .. comparison.Network.Doubt is null ? [new Text(comparison.Network.Sentence)] : Array.Empty<Text>(),
            Text.Empty,
            .. ResultTable.Files(folder, files),
        ]);
    }
}
