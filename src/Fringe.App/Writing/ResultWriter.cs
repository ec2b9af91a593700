using Fringe.App.Pages;
using Fringe.App.Pictures;
using Fringe.App.Reports;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;

namespace Fringe.App.Writing;

/// <summary>Writes the files of a phased measurement with their pictures; scripts rely on their names.</summary>
internal static class ResultWriter
{
    /// <summary>The options that made the result, for <c>fringe phase --config</c>.</summary>
    public const string RunFile = "run.json";

    private const string Summary = "summary.png";
    private const string Strain = "strain.png";
    private const string Uncertainty = "uncertainty.png";
    private const string Report = "report.html";

    /// <summary>The files a result may have, the marker of a whole one last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        ResultFiles.Cxi,
        ResultFiles.Object,
        ResultFiles.Support,
        ResultFiles.Vti,
        Summary,
        Strain,
        ResultFiles.AmplitudeUncertainty,
        ResultFiles.PhaseUncertainty,
        Uncertainty,
        Report,
        RunFile,
        ResultFiles.Metrics,
    ];

    /// <summary>Those that a result has.</summary>
    public static IReadOnlyList<string> NamesOf(ImagingResult result) =>
        [
            .. Names.Where(name =>
                name switch
                {
                    Strain => result.Space is not null,
                    ResultFiles.AmplitudeUncertainty or ResultFiles.PhaseUncertainty or Uncertainty =>
                        result.Uncertainty is not null,
                    _ => true,
                }
            ),
        ];

    /// <summary>Writes everything into the folder's staging place; the caller commits it.</summary>
    /// <param name="result">It.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="run">When it ended, and the command line that asked for it.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>What is shown, and <c>metrics.json</c>'s text.</returns>
    public static (PhasingReport Report, string Json) Write(
        ImagingResult result,
        OutputFolder folder,
        RunRecord run,
        CancellationToken cancellation
    )
    {
        PhasingReport report = PhasingReport.Of(result, run);
        result.Clock.Run(
            Stage.Write,
            () =>
            {
                // Arrays and pictures beside each other.
                Task arrays = Task.Run(
                    () => ResultFiles.WriteArrays(result, folder.Staging, run, cancellation),
                    cancellation
                );
                Task pictures = Task.Run(() => WritePictures(folder, result, report, cancellation), cancellation);
                Task.WhenAll(arrays, pictures).GetAwaiter().GetResult();
                return true;
            }
        );
        string json = ResultFiles.MetricsJson(result, run);
        File.WriteAllText(folder.FilePath(ResultFiles.Metrics), json + "\n");
        return (PhasingReport.Of(result, run), json);
    }

    private static void WritePictures(
        OutputFolder folder,
        ImagingResult result,
        PhasingReport report,
        CancellationToken cancellation
    )
    {
        string name = result.Measurement.Name;
        Task<ReportPicture>[] drawings =
        [
            Draw(Summary, () => SummaryPicture.Render(report), ReportPicture.Summary),
            .. result.Space is { } crystal
                ? [Draw(Strain, () => StrainPicture.Render(name, crystal, report.Figures), ReportPicture.Strain)]
                : Array.Empty<Task<ReportPicture>>(),
            .. result.Uncertainty is { } uncertainty
                ?
                [
                    Draw(
                        Uncertainty,
                        () => UncertaintyPicture.Render(name, result.Crystal, uncertainty, result.Space),
                        ReportPicture.Uncertainty
                    ),
                ]
                : Array.Empty<Task<ReportPicture>>(),
        ];
        HtmlReport.Write(report, Task.WhenAll(drawings).GetAwaiter().GetResult(), folder.FilePath(Report));

        Task<ReportPicture> Draw(string file, Func<byte[]> render, Func<byte[], ReportPicture> inReport) =>
            Task.Run(
                () =>
                {
                    byte[] png = render();
                    File.WriteAllBytes(folder.FilePath(file), png);
                    return inReport(png);
                },
                cancellation
            );
    }
}
