using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Edf;

/// <summary>What an EDF header says of the measurement: values by key, and motors, whose names stand in a row above their positions.</summary>
internal static partial class EdfMetadata
{
    private const string Names = "motor_mne";
    private const string Positions = "motor_pos";

    // Keys and units of the SAXS package, ESRF's detectors (LImA) and SPEC's CCD macros.
    private static readonly (string Key, string? Unit)[] Keys =
    [
        ("Title", null),
        ("Energy", null),
        ("Photon_Energy", null),
        ("WaveLength", "m"),
        ("SampleDistance", "m"),
        ("PSize_1", "m"),
        ("PSize_2", "m"),
        ("Center_1", "pixel"),
        ("Center_2", "pixel"),
        ("Dummy", null),
        ("ExposureTime", "s"),
        ("acq_expo_time", "s"),
        ("count_time", "s"),
    ];

    // The circles, the energy (nrj at the ESRF) and the distance.
    private static readonly FrozenSet<string> Motors = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "energy",
        "nrj",
        "mu",
        "eta",
        "chi",
        "phi",
        "omega",
        "theta",
        "th",
        "tth",
        "nu",
        "del",
        "delta",
        "gam",
        "gamma",
        "detdist"
    );

    public static IReadOnlyList<MetadataItem> Of(EdfHeader header) =>
        [
            .. Keys.Where(key => header.Text(key.Key) is { Length: > 0 })
                .Select(key => Item(key.Key, header.Text(key.Key)!, key.Unit)),
            .. Words(header, Names)
                .Zip(Words(header, Positions))
                .Where(motor => Motors.Contains(motor.First))
                .Select(motor => new MetadataItem($"{Positions}/{motor.First}", motor.Second, null)),
        ];

    // Some programs put the unit behind the number: 1.54_A.
    private static MetadataItem Item(string key, string text, string? unit) =>
        WithUnit().Match(text) is { Success: true } parts
            ? new MetadataItem(key, parts.Groups[1].Value, parts.Groups[2].Value)
            : new MetadataItem(key, Streams.OneLine(text), unit);

    private static string[] Words(EdfHeader header, string key) =>
        (header.Text(key) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)[_ ]([A-Za-z]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex WithUnit();
}
