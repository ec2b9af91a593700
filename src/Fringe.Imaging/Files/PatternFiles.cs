using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Formats.Npy;
using Fringe.Formats.Writing;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Files;

/// <summary>
/// Prepared patterns as files for other programs, and for this one: NPZ (photons, mask, numbers of the geometry), CXI (all of it, with the
/// circles) or NPY (photons alone, NaN where nothing was measured). docs/convert.md says which program reads what.
/// </summary>
public static class PatternFiles
{
    private const string Npz = ".npz";
    private const string Npy = ".npy";
    private const string Cxi = ".cxi";
    private const char NameMark = '*';
    private const string Program = "fringe";

    /// <summary>Where the patterns of measurements are written.</summary>
    /// <param name="output">A path that ends in .npz, .cxi or .npy; a * in its last part stands for a measurement's name.</param>
    /// <param name="names">Of the measurements.</param>
    /// <param name="inputs">Files that are read, none of which is ever replaced.</param>
    /// <param name="force">Replace files that are there.</param>
    /// <returns>One a measurement.</returns>
    /// <exception cref="InputException">Another ending, several names without a *, two that would be one file, one that is read, or a file that is there.</exception>
    public static IReadOnlyList<string> PathsOf(
        string output,
        IReadOnlyList<string> names,
        IReadOnlyList<string> inputs,
        bool force
    )
    {
        if (KindOf(output) is not (Npz or Npy or Cxi))
        {
            throw new InputException($"`Output` {output}: of no known kind; expected a file {Npz}, {Cxi} or {Npy}");
        }

        string folder = Path.GetDirectoryName(output) ?? "";
        string file = Path.GetFileName(output);
        if (names.Count > 1 && !file.Contains(NameMark))
        {
            throw new InputException(
                $"`Output` {output}: {names.Count} scans would be one file; put a {NameMark} where each scan's name is to stand, as in '{Path.Combine(folder, $"{NameMark}{Path.GetExtension(file)}")}'"
            );
        }

        string[] paths = [.. names.Select(name => Path.Combine(folder, file.Replace($"{NameMark}", name)))];
        if (paths.GroupBy(path => path).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InputException($"two scans would both be written to {twice.Key}; convert them one by one");
        }

        if (paths.FirstOrDefault(Directory.Exists) is { } existing)
        {
            throw new InputException($"{existing}: is a folder; `Output` needs a file");
        }

        foreach (string path in paths)
        {
            WrittenPath.RequireNoInput(path, inputs);
        }

        return !force && paths.FirstOrDefault(File.Exists) is { } there
            ? throw new InputException($"{there}: is already there; choose another `Output` or replace it with `Force`")
            : paths;
    }

    /// <summary>Writes a pattern; the file stands in its place when it is whole.</summary>
    /// <param name="path">Its ending says which kind; its folder is made where it is not there.</param>
    /// <param name="prepared">What to write.</param>
    /// <param name="run">When, and the command line that asked for it.</param>
    /// <param name="cancellation">Looked at before every few megabytes.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(
        string path,
        PreparedMeasurement prepared,
        RunRecord run,
        CancellationToken cancellation = default
    )
    {
        WrittenPath.MakeFolder(path);
        switch (KindOf(path))
        {
            case Npz:
                NpzFile.Write(path, ArraysOf(prepared), cancellation);
                break;
            case Npy:
                NpyFile.WriteLarge(path, WithGaps(prepared), cancellation);
                break;
            default:
                CxiPatternFile.Write(path, PatternOf(prepared, run), cancellation);
                break;
        }
    }

    /// <summary>What a kind of file leaves out of a pattern, or makes hard to read back, one sentence each.</summary>
    /// <param name="path">Its ending says which kind.</param>
    /// <param name="prepared">What is written.</param>
    public static IEnumerable<string> LossesOf(string path, PreparedMeasurement prepared)
    {
        string kind = KindOf(path);
        if (kind != Cxi && prepared.Geometry is not null)
        {
            yield return kind == Npz
                ? "The geometry's numbers are in the NPZ file for other programs; fringe phase reads them from a CXI file alone."
                : "An NPY file has no place for the geometry, which is left out; an NPZ or CXI file has.";
        }

        if (kind == Cxi && prepared.Geometry is { } geometry && !HasSquarePixels(geometry))
        {
            yield return FormattableString.Invariant(
                $"The binned pixels are {1e6 * geometry.RowPitchMetres:g4} x {1e6 * geometry.ColumnPitchMetres:g4} um: fringe phase takes a geometry with square ones alone. Bin rows and columns alike to phase the file with its geometry."
            );
        }
    }

    /// <summary>Whether <c>fringe phase</c> can take the geometry from the file.</summary>
    /// <param name="path">Its ending says which kind.</param>
    /// <param name="prepared">What is written.</param>
    public static bool HoldsGeometry(string path, PreparedMeasurement prepared) =>
        KindOf(path) == Cxi && prepared.Geometry is { } geometry && HasSquarePixels(geometry);

    /// <summary>Whether a file says itself that it is a prepared pattern, so that <c>fringe phase</c> takes it as it is.</summary>
    /// <param name="path">Its ending says which kind.</param>
    public static bool SaysPrepared(string path) => KindOf(path) != Npy;

    private static string KindOf(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static bool HasSquarePixels(BraggGeometry geometry) =>
        Math.Abs(geometry.RowPitchMetres - geometry.ColumnPitchMetres) <= 1e-3 * geometry.ColumnPitchMetres;

    private static RealVolume WithGaps(PreparedMeasurement prepared) =>
        new(
            [.. prepared.Intensity.Values.Select((value, i) => prepared.Mask[i] ? float.NaN : value)],
            prepared.Intensity.Depth,
            prepared.Intensity.Height,
            prepared.Intensity.Width
        );

    private static List<NpzArray> ArraysOf(PreparedMeasurement prepared)
    {
        List<NpzArray> arrays =
        [
            NpzArray.Of(NpzFile.Data, prepared.Intensity),
            NpzArray.Of(NpzFile.Mask, prepared.Mask, prepared.Shape.ToArray()),
            NpzArray.Of(NpzFile.FirstVoxel, [.. prepared.FirstVoxel]),
        ];
        if (EnergyOf(prepared) is { } electronvolts)
        {
            Add("photon_energy_ev", electronvolts);
        }

        if (prepared.Geometry is not { } geometry || prepared.Peak is not { } peak)
        {
            return arrays;
        }

        Vector3D q = peak.ScatteringVector;
        Add("wavelength_nm", geometry.WavelengthNanometres);
        Add("detector_distance_m", geometry.DistanceMetres);
        Add("pixel_row_m", geometry.RowPitchMetres);
        Add("pixel_column_m", geometry.ColumnPitchMetres);
        Add("rocking_step_deg", Degrees(geometry.RockingStepRadians));
        Add("two_theta_deg", Degrees(peak.TwoThetaRadians));
        arrays.Add(NpzArray.Of("scattering_vector_per_nm", [q.X, q.Y, q.Z], [3]));
        arrays.Add(NpzArray.Of("reciprocal_steps_per_nm", peak.ReciprocalSteps().ToArray(), [3, 3]));
        return arrays;

        void Add(string name, double value) => arrays.Add(NpzArray.Of(name, [value], []));
    }

    private static CxiPattern PatternOf(PreparedMeasurement prepared, RunRecord run)
    {
        Measurement measurement = prepared.Measurement;
        return new CxiPattern(
            prepared.Intensity,
            prepared.Mask,
            prepared.FirstVoxel,
            Program,
            Provenance.Version,
            run.Date
        )
        {
            Command = run.CommandLine,
            EnergyElectronvolts = EnergyOf(prepared),
            Beamline = measurement.Scan?.Beamline.Name,
            Detector = measurement.Corrections.Detector?.Name,
            Geometry = prepared.Geometry,
            Configuration =
            [
                CxiValue.Of(Facts.Input.JsonName, measurement.Input),
                CxiValue.Of(Facts.Dataset.JsonName, measurement.Dataset),
                CxiValue.Of(Facts.DataHash.JsonName, measurement.HashStack()),
                CxiValue.Of("preparation", OptionsJson.Write(prepared.Options)),
                CxiValue.Of(Facts.Account.JsonName, DataAccount.TextOf(prepared.Account)),
                CxiValue.Of(Facts.Notes.JsonName, string.Join(' ', run.Notes)),
            ],
        };
    }

    private static double? EnergyOf(PreparedMeasurement prepared) =>
        prepared.Geometry?.EnergyElectronvolts ?? prepared.Measurement.EnergyElectronvolts;

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
