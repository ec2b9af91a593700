using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// A scan's geometry from an HDF5 file: the motors where files of BLISS (ESRF), GDA (Diamond), SOLEIL, NanoMAX and CXI keep them, energy,
/// distance and pixels where NeXus and CXI do. docs/geometry.md lists the places.
/// </summary>
public static partial class Hdf5ScanFile
{
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
    /// <exception cref="InputException">No HDF5 or damaged; no such scan (lists those there are), or several and none chosen.</exception>
    public static ScanRecord Read(string path, int? scan, BeamlineDefinition beamline) =>
        Hdf5Links.Read(path, "expected a scan's geometry", links => Read(links, scan, beamline));

    private static ScanRecord Read(Hdf5Links links, int? scan, BeamlineDefinition beamline)
    {
        // Master files link each scan's own.
        Hdf5Entry entry = new(links, Choose(links, scan));
        Hdf5Motors motors = new(entry, beamline);
        HashSet<string> angles = [.. beamline.Diffractometer.Circles.SelectMany(circle => circle.Names)];
        Dictionary<string, MotorPositions> positions = [];
        foreach (string name in angles.Concat(beamline.Energy?.Names ?? []).Concat(beamline.Distance?.Names ?? []))
        {
            if (motors.Find(name) is { } found)
            {
                positions[name] = Positions(found.Numbers, entry.At(found.Place), angles.Contains(name));
            }
        }

        (RecordedNumber? distance, RecordedNumber? pixel) = Hdf5Detector.Lengths(entry);
        return new ScanRecord(
            entry.Origin,
            entry.Text("title") ?? entry.Text("scan_command") ?? "the scan",
            name => positions.GetValueOrDefault(name)
        )
        {
            Group = entry.Name,
            EnergyElectronvolts = Hdf5Detector.Energy(entry, motors, beamline.Energy),
            DistanceMetres = distance,
            PixelMicrometres = pixel,
            DirectBeam = Hdf5Detector.DirectBeam(entry),
        };
    }

    private static MotorPositions Positions(Hdf5Numbers numbers, string source, bool isAngle)
    {
        double? degrees = isAngle ? AngleUnits.InDegrees(numbers.Unit) : 1;
        string? problem =
            numbers.Problem is { } unread ? $"{source}: {unread}; {ScanRecord.WayOut}"
            : degrees is null
                ? $"{source}: an angle in '{Streams.OneLine(numbers.Unit!)}'; expected deg, rad, mrad, urad, mdeg, arcmin or arcsec; {ScanRecord.WayOut}"
            : null;
        return new MotorPositions([.. numbers.Values.Select(value => value * (degrees ?? 1))], source)
        {
            Problem = problem,
        };
    }

    private static string Choose(Hdf5Links links, int? scan)
    {
        string path = links.Main.Path;
        string[] groups =
        [
            .. links
                .Children(links.Root)
                .Where(child => child.Place?.Object is NativeGroup)
                .Select(child => child.Name),
        ];
        // "entry_last" of CXI files is a second name for "entry_1".
        string[] entries =
        [
            .. groups.Where(group =>
                group != "entry_last"
                && Hdf5Motors
                    .Groups.Concat(Hdf5Detector.Instruments)
                    .Any(inner => links.Find($"/{group}/{inner}") is not null)
            ),
        ];
        if (scan is { } number)
        {
            // Diamond's files have one scan each, "entry1", and its number in their name.
            return groups.FirstOrDefault(group => NumberOf(group) == number)
                ?? (entries is [string one] && ScanNumbers.IsInName(path, number) ? one : null)
                ?? throw InputException.ForFile(
                    path,
                    $"has no scan {number}; {ScanNumbers.List(groups.Select(NumberOf).OfType<int>())}"
                );
        }

        string[] numbered = [.. entries.Where(entry => NumberOf(entry) is not null)];
        return (numbered.Length > 0 ? numbered : entries) switch
        {
            [string only] => only,
            [] => throw InputException.ForFile(
                path,
                $"holds no scan: no group with {string.Join(", ", Hdf5Motors.Groups[..^2])} or {Hdf5Detector.Instruments[^1]} (docs/geometry.md)"
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
}
