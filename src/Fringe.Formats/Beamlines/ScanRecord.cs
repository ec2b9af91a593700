using Fringe.Core.Values;

namespace Fringe.Formats.Beamlines;

/// <summary>What a file says of a scan: where the motors stood, and what stands beside them.</summary>
/// <param name="Origin">File and scan, to start messages with.</param>
/// <param name="Command">What was scanned, in words.</param>
/// <param name="Positions">Where a motor stood, by one of its names; null = not recorded.</param>
public sealed record ScanRecord(string Origin, string Command, Func<string, MotorPositions?> Positions)
{
    /// <summary>What helps where a file cannot be read, to end messages with.</summary>
    internal const string WayOut =
        "the angles can be written down by hand in a JSON file and given with `GeometryPath` (docs/geometry.md)";

    /// <summary>The HDF5 group that it was read from, where its frames may be, too; null for other files.</summary>
    public string? Group { get; init; }

    /// <summary>Points of the scan; null where the motors alone say how many there are.</summary>
    public int? Points { get; init; }

    /// <summary>Points of each other scan of that number in the file, which were not taken.</summary>
    public IReadOnlyList<int> OtherPoints { get; init; } = [];

    /// <summary>Photon energy beside the motors, eV; null = not recorded there.</summary>
    public RecordedNumber? EnergyElectronvolts { get; init; }

    /// <summary>Sample to detector, m; null = not recorded.</summary>
    public RecordedNumber? DistanceMetres { get; init; }

    /// <summary>Edge of the detector's pixels, um; null = not recorded.</summary>
    public RecordedNumber? PixelMicrometres { get; init; }

    /// <summary>The pixel of the direct beam with the detector's motors at 0; null = not recorded.</summary>
    public PixelPlace? DirectBeam { get; init; }

    /// <summary>What a person should know about the record, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>A motor by the first of several names that was scanned, or else by the first that is there.</summary>
    internal MotorPositions? Find(IReadOnlyList<string> names)
    {
        MotorPositions[] found = [.. names.Select(Positions).OfType<MotorPositions>()];
        return found.FirstOrDefault(motor => motor.Values.Count > 1) ?? found.FirstOrDefault();
    }
}
