using System.Globalization;
using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Formats.Npy;
using Fringe.Formats.Vtk;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Files;

/// <summary>The files of a result that other programs read; scripts rely on their names.</summary>
public static class ResultFiles
{
    /// <summary>Object, support, figures and provenance (HDF5, CXI 1.60).</summary>
    public const string Cxi = CxiReader.ResultName;

    /// <summary>The object: complex64 <c>[z, y, x]</c>.</summary>
    public const string Object = "reconstruction.npy";

    /// <summary>Its support: bool <c>[z, y, x]</c>.</summary>
    public const string Support = "support.npy";

    /// <summary>For ParaView.</summary>
    public const string Vti = "reconstruction.vti";

    /// <summary>Standard uncertainty of the amplitude: float32 <c>[z, y, x]</c>.</summary>
    public const string AmplitudeUncertainty = "amplitude_uncertainty.npy";

    /// <summary>Standard uncertainty of the phase, radians: float32 <c>[z, y, x]</c>.</summary>
    public const string PhaseUncertainty = "phase_uncertainty.npy";

    /// <summary>Every figure by name; the last file, which marks a result as whole.</summary>
    public const string Metrics = "metrics.json";

    // Of the CXI file's configuration.
    private const string Options = "options";

    // The mark goes first.
    private static readonly string[] All = [Metrics, Cxi, Object, Support, Vti, AmplitudeUncertainty, PhaseUncertainty];

    /// <summary>Writes a whole result into a folder, <see cref="Metrics"/> last.</summary>
    /// <param name="result">It.</param>
    /// <param name="folder">Made where it is not there; files of these names are replaced or deleted.</param>
    /// <param name="cancellation">Looked at between files.</param>
    public static void Write(ImagingResult result, string folder, CancellationToken cancellation = default)
    {
        RunRecord run = new("", TimeProvider.System.GetLocalNow(), result.Notes);
        Directory.CreateDirectory(folder);
        // Until all are new, files of two results are no result.
        foreach (string name in All)
        {
            File.Delete(Path.Combine(folder, name));
        }

        WriteArrays(result, folder, run, cancellation);
        string metrics = Path.Combine(folder, Metrics);
        File.WriteAllText(metrics + ".partial", MetricsJson(result, run) + "\n");
        File.Move(metrics + ".partial", metrics);
    }

    /// <summary>Reads what was written: arrays bit for bit.</summary>
    /// <param name="folder">That <c>fringe phase</c> or <see cref="Write"/> wrote.</param>
    /// <exception cref="InputException">
    /// No result there, half a one, or a damaged one; one line says which file, what was expected and what to do.
    /// </exception>
    public static StoredResult Read(string folder)
    {
        string metrics = Path.Combine(folder, Metrics);
        if (!File.Exists(metrics))
        {
            throw InputException.ForFile(
                folder,
                Directory.Exists(folder)
                    ? $"holds no whole result of fringe phase: {Metrics}, which is written last, is not there; phase the measurement again"
                    : "no such folder; expected one that fringe phase wrote"
            );
        }

        CxiReconstruction cxi = CxiReader.Read(folder);
        (FigureSet figures, IReadOnlyList<FactValue> facts) = MetricsReader.Read(metrics);
        if (TextOf(Facts.DataHash) != Configured(Facts.DataHash.JsonName) || !IsOf(cxi.Date))
        {
            throw InputException.ForFile(
                folder,
                $"{Cxi} and {Metrics} are of two results; phase the measurement again"
            );
        }

        return new StoredResult
        {
            Folder = folder,
            Crystal = new CrystalView(cxi.Image, cxi.Support),
            Uncertainty = cxi.Uncertainty,
            Space = cxi.Crystal,
            Figures = figures,
            Texts = facts,
            OptionsText =
                Configured(Options)
                ?? throw InputException.ForFile(
                    Path.Combine(folder, Cxi),
                    "holds no options; phase the measurement again",
                    Options
                ),
            Date = cxi.Date,
        };

        string? TextOf(Fact fact) => facts.FirstOrDefault(value => value.Fact == fact)?.Text;

        string? Configured(string name) => cxi.Configuration.FirstOrDefault(value => value.Name == name)?.Text;

        // The CXI file has whole seconds.
        bool IsOf(DateTimeOffset date) =>
            DateTimeOffset.TryParse(TextOf(Facts.Date), CultureInfo.InvariantCulture, out DateTimeOffset ended)
            && ended.ToUnixTimeSeconds() == date.ToUnixTimeSeconds();
    }

    /// <summary>Writes all but <see cref="Metrics"/> into a folder.</summary>
    /// <param name="result">It.</param>
    /// <param name="folder">That is there.</param>
    /// <param name="run">When it ended, and the command line that asked for it.</param>
    /// <param name="cancellation">Looked at between files.</param>
    public static void WriteArrays(ImagingResult result, string folder, RunRecord run, CancellationToken cancellation)
    {
        ComplexVolume psi = result.Crystal.Object;
        bool[] support = result.Crystal.Support;
        Action[] files =
        [
            () => CxiFile.Write(PathOf(Cxi), CxiOf(result, run)),
            () => NpyFile.Write(PathOf(Object), psi),
            () => NpyFile.Write(PathOf(Support), support, psi.Depth, psi.Height, psi.Width),
            () => WriteVti(PathOf(Vti), result),
            () => WriteUncertainty(result, PathOf),
        ];
        foreach (Action write in files)
        {
            cancellation.ThrowIfCancellationRequested();
            write();
        }

        string PathOf(string name) => Path.Combine(folder, name);
    }

    /// <summary>The text of <see cref="Metrics"/>.</summary>
    /// <param name="result">It.</param>
    /// <param name="run">When it ended, and the command line that asked for it.</param>
    public static string MetricsJson(ImagingResult result, RunRecord run)
    {
        Dictionary<string, object?> flat = FigureJson.Of(result.Figures);
        FigureJson.Add(result.Clock.Figures, flat);
        foreach (FactValue text in Provenance.Of(result, run.CommandLine))
        {
            flat[text.Fact.JsonName] = text.Text;
        }

        flat[Facts.Account.JsonName] = DataAccount.TextOf(DataAccount.Of(result.Measurement, result.Preparation));
        flat[Facts.Notes.JsonName] = string.Join(' ', run.Notes);
        flat[Facts.Date.JsonName] = run.Date.ToString("O");
        return JsonText.Of(flat);
    }

    private static CxiReconstruction CxiOf(ImagingResult result, RunRecord run) =>
        new(result.Crystal.Object, result.Crystal.Support, "fringe", Provenance.Version, run.CommandLine, run.Date)
        {
            EnergyElectronvolts =
                result.Measurement.Scan?.Geometry.EnergyElectronvolts ?? result.Measurement.EnergyElectronvolts,
            DetectorDistanceMetres = result.Measurement.Scan?.Geometry.DistanceMetres,
            PixelSizeXMetres = result.Measurement.Scan?.Geometry.ColumnPitchMetres,
            PixelSizeYMetres = result.Measurement.Scan?.Geometry.RowPitchMetres,
            Uncertainty = result.Uncertainty is { } uncertainty
                ? new CxiUncertainty { Amplitude = uncertainty.Amplitude, PhaseRadians = uncertainty.PhaseRadians }
                : null,
            Crystal = result.Space is { } crystal ? StrainFiles.ForCxi(crystal) : null,
            Configuration =
            [
                .. Provenance.Of(result, run.CommandLine).Select(text => CxiValue.Of(text.Fact.JsonName, text.Text)),
                CxiValue.Of(Facts.Notes.JsonName, string.Join(' ', run.Notes)),
                CxiValue.Of(Options, OptionsJson.Write(result.Options)),
            ],
            Results =
            [
                .. result
                    .Figures.Concat(result.Clock.Figures)
                    // How long it took is not known before all is written.
                    .Where(value => value.Value is not null && value.Figure != TimeFigures.Total)
                    .Select(value =>
                        CxiValue.Of(
                            value.Figure.JsonName,
                            value.Value!.Value,
                            value.Figure.Unit.Length == 0 ? null : value.Figure.Unit
                        )
                    ),
            ],
        };

    private static void WriteUncertainty(ImagingResult result, Func<string, string> pathOf)
    {
        if (result.Uncertainty is { } uncertainty)
        {
            NpyFile.Write(pathOf(AmplitudeUncertainty), uncertainty.Amplitude);
            NpyFile.Write(pathOf(PhaseUncertainty), uncertainty.PhaseRadians);
        }
    }

    // On cubic voxels in nm where the geometry is known, else on the phased ones.
    private static void WriteVti(string path, ImagingResult result)
    {
        if (result.Space is { } crystal)
        {
            StrainFiles.WriteVti(path, crystal);
            return;
        }

        ComplexVolume psi = result.Crystal.Object;
        bool[] support = result.Crystal.Support;
        VtiFile.Write(
            path,
            new VtiGrid(new(psi.Depth, psi.Height, psi.Width)),
            [
                VtiArray.Of("amplitude", psi.Amplitudes()),
                // Outside the support the phase of almost nothing would only be noise.
                VtiArray.Of("phase", [.. psi.Phases().Select((phase, i) => support[i] ? phase : 0)]),
                VtiArray.Of("support", support),
                .. result.Uncertainty is { } uncertainty
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
}
