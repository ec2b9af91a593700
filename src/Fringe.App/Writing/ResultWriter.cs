using Fringe.App.Pages;
using Fringe.App.Pictures;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Formats.Npy;
using Fringe.Formats.Vtk;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;
using Fringe.Imaging.Trust;
using static TorchSharp.torch;

namespace Fringe.App.Writing;

/// <summary>Writes the files of a phased sample; scripts rely on their names.</summary>
internal static class ResultWriter
{
    private const string Summary = "summary.png";
    private const string Strain = "strain.png";
    private const string AmplitudeUncertainty = "amplitude_uncertainty.npy";
    private const string PhaseUncertainty = "phase_uncertainty.npy";
    private const string Uncertainty = "uncertainty.png";
    private const string Report = "report.html";

    /// <summary>The files a result may have, the marker of a whole one last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "reconstruction.cxi",
        "reconstruction.npy",
        "support.npy",
        "reconstruction.vti",
        Summary,
        Strain,
        AmplitudeUncertainty,
        PhaseUncertainty,
        Uncertainty,
        Report,
        "metrics.json",
    ];

    /// <summary>Those that a request gave.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="hasUncertainty">Whether an uncertainty was found.</param>
    public static IReadOnlyList<string> NamesOf(PhaseRequest request, bool hasUncertainty) =>
        [
            .. Names.Where(name =>
                name switch
                {
                    Strain => request.Scan is not null,
                    AmplitudeUncertainty or PhaseUncertainty or Uncertainty => hasUncertainty,
                    _ => true,
                }
            ),
        ];

    /// <summary>Writes everything into the folder's staging place; the caller commits it.</summary>
    /// <param name="sample">Borrowed.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="clock">Gets the stage "write".</param>
    /// <param name="folder">Where to.</param>
    /// <param name="date">When the run ended.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The figures, and <c>metrics.json</c>'s text.</returns>
    public static (PhasingReport Report, string Json) Write(
        PhasedSample sample,
        PhaseRequest request,
        StageClock clock,
        OutputFolder folder,
        DateTimeOffset date,
        CancellationToken cancellation
    )
    {
        ComplexVolume psi = sample.Result.Canonical.Object.ToComplexVolume();
        bool[] support = sample.Result.Canonical.Support.ToBooleans();
        PhasingReport report = ReportOf(sample, request, clock, psi, support, date);
        clock.Run(
            "write",
            () =>
            {
                Action[] files =
                [
                    () => CxiFile.Write(folder.FilePath(Names[0]), CxiOf(sample, request, report, date)),
                    () => NpyFile.Write(folder.FilePath(Names[1]), psi),
                    () => NpyFile.Write(folder.FilePath(Names[2]), support, psi.Depth, psi.Height, psi.Width),
                    () => WriteVti(folder.FilePath(Names[3]), sample, psi, support),
                    () => WriteUncertainty(folder, sample),
                    () => WritePictures(folder, sample, report),
                ];
                foreach (Action write in files)
                {
                    cancellation.ThrowIfCancellationRequested();
                    write();
                }

                return true;
            }
        );
        PhasingReport timed = report with
        {
            Metrics = MetricsTable.Numbers(sample, request, clock),
            Stages = clock.Stages,
        };
        string json = Json(timed, RunTexts.Of(sample, request), date);
        File.WriteAllText(folder.FilePath(Names[^1]), json + "\n");
        return (timed, json);
    }

    private static PhasingReport ReportOf(
        PhasedSample sample,
        PhaseRequest request,
        StageClock clock,
        ComplexVolume psi,
        bool[] support,
        DateTimeOffset date
    )
    {
        PhasingResult result = sample.Result;
        DiffractionPattern pattern = sample.Prepared.Pattern;
        using Tensor modelled = result.Modelled();
        return new PhasingReport
        {
            SampleName = sample.Name,
            Object = psi,
            Support = support,
            Measured = pattern.Intensity.ToRealVolume(),
            Mask = pattern.Mask.ToBooleans(),
            Modelled = modelled.ToRealVolume(),
            Starts = result.Starts,
            RecipePhases =
            [
                .. RecipePhase.Of(sample.RecipesOf(request)[^1]),
                .. request.Method != PhaseMethod.Iterative
                    ? [new RecipePhase(request.Refinement.Optimiser.Name, sample.RecipesOf(request)[^1].Iterations)]
                    : Array.Empty<RecipePhase>(),
            ],
            Prtf = result.Prtf,
            ShellCorrelation = sample.Uncertainty?.ShellCorrelation,
            Metrics = MetricsTable.Numbers(sample, request, clock),
            Verdict = sample.Verdict.Word,
            Notes = [.. RunNotes.Of(sample, request)],
            Provenance =
            [
                .. RunTexts.Of(sample, request).Select(text => new ProvenanceRow(text.Name, text.Value)),
                new("date", date.ToString("yyyy-MM-dd HH:mm:ss zzz")),
            ],
            Stages = clock.Stages,
        };
    }

    private static CxiReconstruction CxiOf(
        PhasedSample sample,
        PhaseRequest request,
        PhasingReport report,
        DateTimeOffset date
    ) =>
        new(report.Object, report.Support, "fringe", RunTexts.Version, request.CommandLine, date)
        {
            EnergyElectronvolts = sample.EnergyElectronvolts,
            DetectorDistanceMetres = request.Scan?.Geometry.DistanceMetres,
            PixelSizeXMetres = request.Scan?.Geometry.ColumnPitchMetres,
            PixelSizeYMetres = request.Scan?.Geometry.RowPitchMetres,
            Uncertainty = sample.Uncertainty,
            Crystal = sample.Crystal is { } crystal ? StrainFiles.ForCxi(crystal) : null,
            Configuration =
            [
                .. RunTexts.Of(sample, request).Select(text => CxiValue.Of(text.Key, text.Value)),
                CxiValue.Of("notes", string.Join(' ', report.Notes)),
                CxiValue.Of("options", OptionsText.Of(sample.PhasingOf(request))),
                .. request.Method != PhaseMethod.Iterative
                    ? [CxiValue.Of("refinement", OptionsText.Of(request.Refinement))]
                    : Array.Empty<CxiValue>(),
            ],
            Results =
            [
                .. report
                    // How long it took is not known before all is written.
                    .Metrics.Where(row => row.Value is not null && row.Key != MetricKeys.SecondsTotal)
                    .Select(row => CxiValue.Of(row.Key, row.Value!.Value, row.Unit.Length == 0 ? null : row.Unit)),
            ],
        };

    private static void WriteUncertainty(OutputFolder folder, PhasedSample sample)
    {
        if (sample.Uncertainty is { } uncertainty)
        {
            NpyFile.Write(folder.FilePath(AmplitudeUncertainty), uncertainty.Amplitude);
            NpyFile.Write(folder.FilePath(PhaseUncertainty), uncertainty.PhaseRadians);
        }
    }

    private static void WritePictures(OutputFolder folder, PhasedSample sample, PhasingReport report)
    {
        byte[] summary = SummaryPicture.Render(report);
        File.WriteAllBytes(folder.FilePath(Summary), summary);
        List<ReportPicture> pictures = [ReportPicture.Summary(summary)];
        if (sample.Crystal is { } crystal)
        {
            byte[] strain = StrainPicture.Render(sample.Name, crystal);
            File.WriteAllBytes(folder.FilePath(Strain), strain);
            pictures.Add(ReportPicture.Strain(strain));
        }

        if (sample.Uncertainty is { } uncertainty)
        {
            byte[] drawn = UncertaintyPicture.Render(
                sample.Name,
                report.Object,
                report.Support,
                uncertainty,
                sample.Crystal
            );
            File.WriteAllBytes(folder.FilePath(Uncertainty), drawn);
            pictures.Add(ReportPicture.Uncertainty(drawn));
        }

        HtmlReport.Write(report, pictures, folder.FilePath(Report));
    }

    // On cubic voxels in nm where the geometry is known, else on the phased ones.
    private static void WriteVti(string path, PhasedSample sample, ComplexVolume psi, bool[] support)
    {
        if (sample.Crystal is { } crystal)
        {
            StrainFiles.WriteVti(path, crystal);
            return;
        }

        VtiFile.Write(
            path,
            new VtiGrid(psi.Depth, psi.Height, psi.Width),
            [
                VtiArray.Of("amplitude", psi.Amplitudes()),
                // Outside the support the phase of almost nothing would only be noise.
                VtiArray.Of("phase", [.. psi.Phases().Select((phase, i) => support[i] ? phase : 0)]),
                VtiArray.Of("support", support),
                .. sample.Uncertainty is { } uncertainty
                    ?
                    [
                        VtiArray.Of("amplitude_uncertainty", uncertainty.Amplitude.Values),
                        VtiArray.Of(
                            "phase_uncertainty",
                            [.. uncertainty.PhaseRadians.Values.Select(value => float.IsNaN(value) ? 0 : value)]
                        ),
                    ]
                    : Array.Empty<VtiArray>(),
            ]
        );
    }

    private static string Json(
        PhasingReport report,
        IReadOnlyList<(string Key, string Name, string Value)> texts,
        DateTimeOffset date
    )
    {
        Dictionary<string, object?> flat = [];
        foreach (MetricRow row in report.Metrics)
        {
            // Counts as whole numbers.
            flat[row.Key] =
                row.Value is { } value && value == Math.Floor(value) && Math.Abs(value) < 1e15
                    ? (long)value
                    : row.Value;
        }

        foreach ((string key, _, string value) in texts)
        {
            flat[key] = value;
        }

        flat["notes"] = string.Join(' ', report.Notes);
        flat["date"] = date.ToString("O");
        return JsonText.Of(flat);
    }
}
