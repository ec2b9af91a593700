using System.Collections.Frozen;
using Fringe.App.Reports;
using Fringe.Imaging.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe phase</c> prints at its end: the figures that matter, warnings, and where the files are.</summary>
internal static class ResultView
{
    // metrics.json has them all; a terminal shows what a person looks at first.
    private static readonly Figure[] Shown =
    [
        PhasingFigures.Chi,
        PhasingFigures.FreeLogLikelihood,
        PhasingFigures.SupportVoxels,
        PhasingFigures.Agreement,
        PhasingFigures.StartsKept,
        PhasingFigures.PrtfResolution,
        UncertaintyFigures.FscResolution,
        UncertaintyFigures.Phase,
        .. StrainFigures.Size,
        StrainFigures.PrtfResolution,
        StrainFigures.FscResolution,
        StrainFigures.DSpacing,
        StrainFigures.LatticeConstant,
        StrainFigures.StrainBulk,
        StrainFigures.StrainSurface,
        StrainFigures.StrainBulkUncertainty,
        StrainFigures.DislocatedVoxels,
        .. PatternFigures.Oversampling,
        PatternFigures.MaskedFraction,
        TimeFigures.Total,
    ];

    // One resolution in two units would be one too many.
    private static readonly FrozenDictionary<Figure, Figure> InNanometres = new Dictionary<Figure, Figure>
    {
        [PhasingFigures.PrtfResolution] = StrainFigures.PrtfResolution,
        [UncertaintyFigures.FscResolution] = StrainFigures.FscResolution,
    }.ToFrozenDictionary();

    public static IRenderable Create(PhasingReport report, string folder, IReadOnlyList<string> files)
    {
        ResultRow[] figures =
        [
            .. report.Figures.Known(Shown).Where(value => !IsInNanometres(report, value.Figure)).Select(ResultRow.Of),
        ];
        IEnumerable<IRenderable> notes = report.Notes.Select(note => new Text(
            $"note: {note}",
            new Style(Color.Yellow)
        ));
        Paragraph verdict = new Paragraph()
            .Append($"verdict: {report.Verdict}", new Style(decoration: Decoration.Bold))
            .Append(report.WhyGood.Length == 0 ? "" : $" ({report.WhyGood})");
        return new Rows([
            .. notes,
            AccountView.Create(report.Account),
            verdict,
            ResultTable.Create(figures, folder, files),
        ]);
    }

    private static bool IsInNanometres(PhasingReport report, Figure figure) =>
        InNanometres.TryGetValue(figure, out Figure? other) && report.Figures[other] is not null;
}
