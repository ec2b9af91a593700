using Fringe.App.Pictures;
using Fringe.Imaging.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe phase</c> prints at its end: the figures that matter, warnings, and where the files are.</summary>
internal static class ResultView
{
    // metrics.json has them all; a terminal shows what a person looks at first.
    private static readonly string[] Shown =
    [
        MetricKeys.Chi,
        MetricKeys.FreeLogLikelihood,
        MetricKeys.SupportVoxels,
        "agreement",
        "starts_kept",
        "prtf_resolution_1e_voxels",
        "fsc_resolution_half_voxels",
        "phase_uncertainty_rad",
        .. StrainMetrics.Shown,
        "oversampling_z",
        "oversampling_y",
        "oversampling_x",
        "masked_fraction",
        MetricKeys.SecondsTotal,
    ];

    public static IRenderable Create(PhasingReport report, string folder, IReadOnlyList<string> files)
    {
        MetricRow[] figures =
        [
            .. Shown
                .Select(report.FindMetric)
                .OfType<MetricRow>()
                .Where(row => row.Value is not null && !(row.Unit == "voxels" && IsInNanometres(report, row))),
        ];
        IEnumerable<IRenderable> notes = report.Notes.Select(note => new Text(
            $"note: {note}",
            new Style(Color.Yellow)
        ));
        Text verdict = new($"verdict: {report.Verdict}", new Style(decoration: Decoration.Bold));
        return new Rows([.. notes, verdict, ResultTable.Create(figures, folder, files)]);
    }

    // The same resolution twice would be one too many.
    private static bool IsInNanometres(PhasingReport report, MetricRow row) =>
        row.Key.EndsWith("_voxels", StringComparison.Ordinal)
        && report.FindMetric(row.Key.Replace("_voxels", "_nm", StringComparison.Ordinal)) is { Value: not null };
}
