using Fringe.Formats.Hdf5;

namespace Fringe.Formats.Beamlines;

/// <summary>Where HDF5 files of a beamline have a motor, below a scan's group. docs/geometry.md lists the places.</summary>
internal sealed class Hdf5Motors
{
    /// <summary>One of these in a group shows that it is a scan.</summary>
    public static readonly string[] Groups =
    [
        "measurement",
        "instrument/positioners",
        "snapshots/post_scan",
        "snapshot",
        "before_scan",
        ScanData,
        "instrument_1/positioners",
        "sample_1/positioners",
    ];

    // More than any scan has; what is longer is no motor.
    private const ulong MostPoints = 1_000_000;
    private const string ScanData = "scan_data";
    private const string Actuator = $"{ScanData}/actuator_1_1";

    // What was recorded at every point comes before where a motor stood.
    private static readonly string[] Scanned =
    [
        "measurement/{motor}",
        "instrument/{motor}/{motor}",
        "instrument/{motor}/value",
        $"{ScanData}/{{motor}}",
    ];

    private static readonly string[] Standing =
    [
        "instrument/positioners/{motor}",
        "instrument/positioners_start/{motor}",
        "measurement/pre_scan_snapshot/{motor}",
        "snapshots/post_scan/{motor}",
        "snapshot/{motor}",
        "before_scan/diffractometer_sample/{motor}",
        "before_scan/mono/{motor}",
        "before_scan/{motor}/{motor}",
        "instrument_1/positioners/{motor}",
        "sample_1/positioners/{motor}",
    ];

    private readonly Hdf5Entry entry;
    private readonly IReadOnlyList<string> own;
    private readonly (string Dataset, string Label)[] labels;
    private readonly IReadOnlyList<string> actuated;

    /// <param name="entry">The scan; borrowed.</param>
    /// <param name="beamline">Whose motors they are.</param>
    public Hdf5Motors(Hdf5Entry entry, BeamlineDefinition beamline)
    {
        this.entry = entry;
        own = beamline.Hdf5Places;
        labels =
        [
            .. entry
                .Labelled(ScanData, "long_name")
                .Where(item => item.Label is not null)
                .Select(item => (item.Name, Device(item.Label!)))
                .OrderBy(item => item.Name.StartsWith("actuator", StringComparison.Ordinal) ? 0 : 1),
        ];
        actuated =
            labels.Any(item => item.Dataset == Actuator[(ScanData.Length + 1)..]) || !entry.Has(Actuator)
                ? []
                : Actuated(beamline, entry.Text("scan_config/name") ?? "");
    }

    /// <summary>A motor's numbers and their place below the scan's group, those without a number only where no place has one; null where it is in none.</summary>
    public (Hdf5Numbers Numbers, string Place)? Find(string name)
    {
        (Hdf5Numbers, string)? unknown = null;
        foreach (string place in Places(name))
        {
            if (entry.Numbers(place, MostPoints) is { } found)
            {
                if (found.Problem is not null || found.Values.Any(double.IsFinite))
                {
                    return (found, place);
                }

                unknown ??= (found, place);
            }
        }

        return unknown;
    }

    private IEnumerable<string> Places(string name)
    {
        string device = Device(name);
        return
        [
            .. actuated.Contains(name) ? [Actuator] : Array.Empty<string>(),
            .. At(Scanned),
            .. labels
                .Where(item => item.Label == device || item.Label.EndsWith($"-{device}", StringComparison.Ordinal))
                .Select(item => $"{ScanData}/{item.Dataset}"),
            .. At(own),
            .. At(Standing),
        ];

        IEnumerable<string> At(IEnumerable<string> places) =>
            places.Select(place => place.Replace("{motor}", name, StringComparison.Ordinal));
    }

    // SOLEIL's files number what they record and label it with the device's name: i14-c-cx1/ex/med-v-dif-group.1/mu.
    private static string Device(string label)
    {
        string device = label.Trim().ToLowerInvariant().Replace('/', '-');
        const string Position = "-position";
        return device.EndsWith(Position, StringComparison.Ordinal) ? device[..^Position.Length] : device;
    }

    // Without a label the scan's own name says which motor it moved: the circle with the longest name in it.
    private static IReadOnlyList<string> Actuated(BeamlineDefinition beamline, string scan)
    {
        string letters = Letters(scan);
        (IReadOnlyList<string> Names, int Length)[] found =
        [
            .. beamline
                .Diffractometer.Circles.Select(circle =>
                    (
                        circle.Names,
                        circle
                            .Names.Select(Letters)
                            .Where(name => letters.Contains(name, StringComparison.Ordinal))
                            .Select(name => name.Length)
                            .DefaultIfEmpty(0)
                            .Max()
                    )
                )
                .OrderByDescending(circle => circle.Item2),
        ];
        return found is [{ Length: > 0 } longest, ..] && found.Count(circle => circle.Length == longest.Length) == 1
            ? longest.Names
            : [];
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
