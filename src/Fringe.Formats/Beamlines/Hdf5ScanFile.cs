using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// A scan's geometry from an HDF5 file: the motors where BLISS (ESRF), NanoMAX and CXI files keep them, energy, distance and pixels
/// where NeXus and CXI do. docs/geometry.md lists the places.
/// </summary>
public static partial class Hdf5ScanFile
{
    // Relative to the scan's group; what was recorded at every point comes before where a motor stood.
    private static readonly string[] MotorGroups =
    [
        "measurement",
        "instrument/positioners",
        "snapshots/post_scan",
        "snapshot",
        "instrument_1/positioners",
        "sample_1/positioners",
    ];

    private static readonly string[] EnergyPlaces =
    [
        "instrument/monochromator/energy",
        "instrument/beam/incident_energy",
        "instrument_1/beam_1/incident_energy",
        "instrument_1/source_1/energy",
    ];

    private static readonly string[] InstrumentGroups = ["instrument", "instrument_1"];

    // More than any scan has; what is longer is no motor.
    private const ulong MostPoints = 1_000_000;
    private const long BudgetCalls = 2_000_000;

    /// <summary>Whether a file is HDF5, by its first bytes.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static bool IsHdf5(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        return Hdf5Superblock.IsPresent(stream);
    }

    /// <summary>Reads what a file says of a scan.</summary>
    /// <param name="path">HDF5.</param>
    /// <param name="scan">Its number, as in <c>/12.1</c>, <c>/sample_12.1</c> or <c>/entry_12</c>; null where the file holds one scan.</param>
    /// <param name="beamline">Whose motors are looked for.</param>
    /// <returns>The motors, and what the file says beside them; what it does not say is null.</returns>
    /// <exception cref="InputException">No HDF5 or damaged; no such scan (lists those there are), or several and none chosen; a value
    /// that cannot be what it should.</exception>
    public static (ScanRecord Scan, GeometryOverrides Values) Read(
        string path,
        int? scan,
        BeamlineDefinition beamline
    ) =>
        Hdf5Reading.Read(
            path,
            "expected a scan's geometry",
            said => $"truncated or damaged HDF5 ({said}); copy or save the file again",
            file => Read(file, path, scan, beamline),
            BudgetCalls
        );

    private static (ScanRecord, GeometryOverrides) Read(
        NativeFile file,
        string path,
        int? scan,
        BeamlineDefinition beamline
    )
    {
        // Master files link each scan's own.
        H5LinkAccess links = Hdf5Reading.Links(path);
        Hdf5Entry entry = new(file, links, path, Choose(file, links, path, scan));
        string[] names =
        [
            .. beamline
                .Diffractometer.Circles.SelectMany(circle => circle.Names)
                .Concat(beamline.Energy?.Names ?? [])
                .Concat(beamline.Distance?.Names ?? [])
                .Distinct(),
        ];
        Dictionary<string, IReadOnlyList<double>> positions = [];
        foreach (string name in names)
        {
            if (
                MotorGroups
                    .Select(group => entry.Numbers($"{group}/{name}", MostPoints))
                    .FirstOrDefault(found => found is not null) is
                { } found
            )
            {
                positions[name] = found.InDegreesIfRadians();
            }
        }

        ScanRecord record = new(
            entry.Origin,
            entry.Text("title") ?? "the scan",
            name => positions.GetValueOrDefault(name)
        )
        {
            Group = entry.Name,
        };
        GeometryOverrides detector = Detector(entry);
        return (record, detector with { EnergyElectronvolts = Energy(entry, beamline.Energy) });
    }

    private static string Choose(NativeFile file, H5LinkAccess links, string path, int? scan)
    {
        string[] groups = [.. file.Children(links).OfType<NativeGroup>().Select(group => group.Name)];
        if (scan is { } number)
        {
            return groups.FirstOrDefault(group => NumberOf(group) == number)
                ?? throw InputException.ForFile(
                    path,
                    $"has no scan {number}; {ScanNumbers.List(groups.Select(NumberOf).OfType<int>())}"
                );
        }

        // "entry_last" of CXI files is a second name for "entry_1".
        string[] entries =
        [
            .. groups.Where(group =>
                group != "entry_last"
                && MotorGroups.Concat(InstrumentGroups).Any(inner => file.LinkExists($"/{group}/{inner}", links))
            ),
        ];
        string[] numbered = [.. entries.Where(entry => NumberOf(entry) is not null)];
        return (numbered.Length > 0 ? numbered : entries) switch
        {
            [string only] => only,
            [] => throw InputException.ForFile(
                path,
                $"holds no scan: no group with {string.Join(", ", MotorGroups[..^2])} or {InstrumentGroups[^1]} (docs/geometry.md)"
            ),
            _ when numbered.Length > 0 => throw InputException.ForFile(
                path,
                $"holds several scans, choose one with `ScanNumber`; {ScanNumbers.List(numbered.Select(NumberOf).OfType<int>())}"
            ),
            _ => throw InputException.ForFile(
                path,
                $"holds several entries, none of which `ScanNumber` can name: {string.Join(", ", entries.Take(12))}"
            ),
        };
    }

    // ".2" and higher of BLISS hold the slow counters of the same scan.
    private static int? NumberOf(string group) =>
        ScanName().Match(group) is { Success: true } match && int.TryParse(match.Groups[1].Value, out int number)
            ? number
            : null;

    [GeneratedRegex(@"(?:^|[^\d.])0*(\d+)(?:\.1)?$")]
    private static partial Regex ScanName();

    private static double? Energy(Hdf5Entry entry, RecordedQuantity? motor)
    {
        IEnumerable<string> places = (motor?.Names ?? [])
            .SelectMany(name => MotorGroups.Select(group => $"{group}/{name}"))
            .Concat(EnergyPlaces);
        foreach (string place in places)
        {
            // A motor without a unit is left to the beamline's definition, which has one.
            if (entry.Numbers(place, 1) is { } found && (found.Unit is not null || EnergyPlaces.Contains(place)))
            {
                string unit =
                    PhotonEnergy.UnitOf(found.Values[0], found.Unit)
                    ?? throw InputException.ForFile(
                        entry.Path,
                        $"an energy in '{found.Unit}'; expected eV, keV or J, or give `EnergyElectronvolts`",
                        entry.Full(place)
                    );
                return PhotonEnergy.InElectronvolts(found.Values[0], unit, entry.At(place));
            }
        }

        return null;
    }

    private static GeometryOverrides Detector(Hdf5Entry entry)
    {
        string[] detectors =
        [
            .. InstrumentGroups
                .SelectMany(instrument => entry.Groups(instrument).Select(name => $"{instrument}/{name}"))
                .Where(place => entry.Has($"{place}/distance") || entry.Has($"{place}/x_pixel_size")),
        ];
        if (detectors.Length > 1)
        {
            // Files list detectors that the scan did not use.
            detectors = [.. detectors.Where(place => entry.Has($"measurement/{place[(place.IndexOf('/') + 1)..]}"))];
        }

        if (detectors is not [string detector])
        {
            return new GeometryOverrides();
        }

        double? width = entry.Metres($"{detector}/x_pixel_size", DetectorLength.Pixels);
        double? height = entry.Metres($"{detector}/y_pixel_size", DetectorLength.Pixels);
        if (width is { } x && height is { } y && Math.Abs(x - y) > 1e-3 * x)
        {
            throw InputException.ForFile(
                entry.Path,
                $"pixels of {x * 1e6:g4} x {y * 1e6:g4} um; expected square ones",
                entry.Full(detector)
            );
        }

        return new GeometryOverrides
        {
            DistanceMetres = entry.Metres($"{detector}/distance", DetectorLength.Distances),
            PixelMicrometres = (width ?? height) * 1e6,
        };
    }
}
