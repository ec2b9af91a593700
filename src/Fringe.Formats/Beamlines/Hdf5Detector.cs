using System.Globalization;
using Fringe.Core;
using Fringe.Core.Values;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;

namespace Fringe.Formats.Beamlines;

/// <summary>Photon energy, distance and pixels where NeXus and CXI files keep them. docs/geometry.md lists the places.</summary>
internal static class Hdf5Detector
{
    /// <summary>Groups that hold detectors, below a scan's.</summary>
    public static readonly string[] Instruments = ["instrument", "instrument_1"];

    private static readonly string[] EnergyPlaces =
    [
        "instrument/monochromator/energy",
        "instrument/beam/incident_energy",
        "sample/beam/incident_energy",
        "instrument_1/beam_1/incident_energy",
    ];

    // More than any scan has.
    private const ulong MostPoints = 1_000_000;

    // The photons' in CXI files; elsewhere a source is the storage ring, and has its energy.
    private const string SourceEnergy = "instrument_1/source_1/energy";

    /// <summary>The photon energy, eV; null where there is none.</summary>
    /// <param name="entry">The scan; borrowed.</param>
    /// <param name="motors">Of the scan.</param>
    /// <param name="motor">What records the energy like a motor; null = nothing.</param>
    public static RecordedNumber? Energy(Hdf5Entry entry, Hdf5Motors motors, RecordedQuantity? motor)
    {
        // A motor without a unit is left to the beamline's definition, which has one.
        List<(double Value, string? Unit, string Place)> found =
        [
            .. (motor?.Names ?? [])
                .Select(motors.Find)
                .Where(record => record is { Numbers: { Unit: not null, Values.Count: > 0 } })
                .Select(record => (record!.Value.Numbers.Values[0], record.Value.Numbers.Unit, record.Value.Place)),
            .. EnergyPlaces.SelectMany(place =>
                One(entry.Numbers(place, MostPoints)) is { } one ? new[] { (one.Value, one.Unit, place) } : []
            ),
        ];
        RecordedNumber[] judged =
        [
            .. found.Select(record =>
                RecordedNumber.Judge(
                    entry.At(record.Place),
                    () => PhotonEnergy.OfFile(record.Value, record.Unit, motor?.Unit, entry.At(record.Place))
                )
            ),
        ];
        // 0 and nan are what programs write that do not know it.
        int known = found.FindIndex(record => double.IsFinite(record.Value) && record.Value != 0);
        return known >= 0 ? judged[known] : OfSource(entry) ?? judged.FirstOrDefault();
    }

    /// <summary>The distance (m) and the pixels' edge (um) of the detector; null where they are not recorded.</summary>
    /// <param name="entry">The scan; borrowed.</param>
    public static (RecordedNumber? DistanceMetres, RecordedNumber? PixelMicrometres) Lengths(Hdf5Entry entry)
    {
        string[] detectors =
        [
            .. Detectors(entry)
                .Where(place =>
                    entry.Has($"{place}/distance")
                    || entry.Has($"{place}/x_pixel_size")
                    || entry.Has($"{place}/module/fast_pixel_direction")
                ),
        ];
        if (detectors.Length > 1)
        {
            // Files list detectors that the scan did not use.
            detectors = [.. detectors.Where(place => entry.Has($"measurement/{place[(place.IndexOf('/') + 1)..]}"))];
        }

        return detectors is [string detector]
            ? (Length(entry, [$"{detector}/distance"], DetectorLength.Distances), Pixel(entry, detector))
            : (null, null);
    }

    /// <summary>The pixel of the direct beam with the detector's motors at 0, which only files of this program have; null where it is not recorded.</summary>
    /// <param name="entry">The scan; borrowed.</param>
    public static PixelPlace? DirectBeam(Hdf5Entry entry) =>
        Detectors(entry)
            .Select(place =>
                entry.Numbers($"{place}/direct_beam", 2)?.Values is [double row, double column]
                && double.IsFinite(row + column)
                    ? new PixelPlace(row, column)
                    : (PixelPlace?)null
            )
            .FirstOrDefault(beam => beam is not null);

    private static IEnumerable<string> Detectors(Hdf5Entry entry) =>
        Instruments.SelectMany(instrument => entry.Groups(instrument).Select(name => $"{instrument}/{name}"));

    // One number, or one a point as long as they are equal to a thousandth; of others it is not known which counts.
    private static (double Value, string? Unit)? One(Hdf5Numbers? numbers)
    {
        double[] finite = [.. (numbers?.Values ?? []).Where(double.IsFinite)];
        return numbers is { Values.Count: 1 } ? (numbers.Values[0], numbers.Unit)
            : finite.Length > 0 && finite.Max() - finite.Min() <= 1e-3 * Math.Abs(finite[0])
                ? (finite.Average(), numbers!.Unit)
            : null;
    }

    private static RecordedNumber? OfSource(Hdf5Entry entry)
    {
        if (entry.Numbers(SourceEnergy, 1) is not { Values: [double value], Unit: var unit })
        {
            return null;
        }

        // Without a unit 3 could be a storage ring's GeV as well as keV.
        RecordedNumber energy = RecordedNumber.Judge(
            entry.At(SourceEnergy),
            () =>
                string.IsNullOrEmpty(unit)
                    ? PhotonEnergy.InElectronvolts(value, PhotonEnergy.UnitOf(value, null)!, entry.At(SourceEnergy))
                    : PhotonEnergy.OfFile(value, unit, null, entry.At(SourceEnergy))
        );
        return energy.Value is null ? null : energy;
    }

    private static RecordedNumber? Pixel(Hdf5Entry entry, string detector)
    {
        RecordedNumber? width = Edge("x_pixel_size", "fast_pixel_direction");
        RecordedNumber? height = Edge("y_pixel_size", "slow_pixel_direction");
        if (width?.Value is { } x && height?.Value is { } y && Math.Abs(x - y) > 1e-3 * x)
        {
            return new RecordedNumber(null, entry.At(detector))
            {
                Problem = FormattableString.Invariant(
                    $"{entry.At(detector)}: pixels of {x:g4} x {y:g4} um; expected square ones"
                ),
            };
        }

        return width ?? height;

        RecordedNumber? Edge(string size, string direction) =>
            Length(entry, [$"{detector}/{size}", $"{detector}/module/{direction}"], DetectorLength.Pixels) is { } edge
                ? edge with
                {
                    Value = edge.Value * 1e6,
                }
                : null;
    }

    // A length in metres; null where it is missing or 0, which is what programs write that do not know it.
    private static RecordedNumber? Length(Hdf5Entry entry, string[] places, (double Least, double Most) range)
    {
        foreach (string place in places)
        {
            if (
                entry.Numbers(place, 1) is { Values: [double value], Unit: var unit }
                && value != 0
                && !double.IsNaN(value)
            )
            {
                return RecordedNumber.Judge(entry.At(place), () => Metres(value, unit, range, entry.At(place)));
            }
        }

        return null;
    }

    private static double Metres(double value, string? unit, (double Least, double Most) range, string origin)
    {
        double? scale = unit?.ToLowerInvariant() switch
        {
            null or "" or "m" or "meter" or "metre" or "meters" or "metres" => 1,
            "cm" or "centimeter" or "centimetre" or "centimeters" or "centimetres" => 1e-2,
            "mm" or "millimeter" or "millimetre" or "millimeters" or "millimetres" => 1e-3,
            "um" or "µm" or "μm" or "micron" or "microns" => 1e-6,
            "micrometer" or "micrometre" or "micrometers" or "micrometres" => 1e-6,
            "nm" or "nanometer" or "nanometre" or "nanometers" or "nanometres" => 1e-9,
            _ => null,
        };
        if (scale is null)
        {
            throw new InputException(
                $"{origin}: a length in '{Streams.OneLine(unit!)}', which is no known unit; expected m, cm, mm, um or nm"
            );
        }

        double metres = (scale ?? double.NaN) * value;
        return metres >= range.Least && metres <= range.Most
            ? metres
            : throw new InputException(
                $"{origin}: {value.ToString("g6", CultureInfo.InvariantCulture)} {unit ?? "m (no unit is given)"}: expected a length "
                    + $"from {range.Least.ToString("g", CultureInfo.InvariantCulture)} to {range.Most.ToString("g", CultureInfo.InvariantCulture)} m"
            );
    }
}
