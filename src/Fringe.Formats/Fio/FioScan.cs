using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Fio;

/// <summary>The scan of a .fio file.</summary>
public sealed record FioScan
{
    /// <summary>The file it is from.</summary>
    public required string Path { get; init; }

    /// <summary>The first line of its comments: what was typed; empty where there is none.</summary>
    public required string Command { get; init; }

    /// <summary>Where the motors stood when the scan began, in their own units; NaN where the file has text.</summary>
    public required IReadOnlyDictionary<string, double> Motors { get; init; }

    /// <summary>Names of the columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>One array a measured point, one value a column; NaN where the file has no number.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Points { get; init; }

    /// <summary>What it says of the motors.</summary>
    public ScanRecord Record =>
        new(Path, Command.Length == 0 ? "the scan" : Command, Find)
        {
            Points = Columns.Count == 0 ? null : Points.Count,
        };

    private MotorPositions? Find(string name)
    {
        int place = Columns.ToList().IndexOf(name);
        return place >= 0 && Points.Count > 0 ? new([.. Points.Select(point => point[place])], $"{Path}, column {name}")
            : Motors.TryGetValue(name, out double value) ? new([value], $"{Path}, parameter {name}")
            : null;
    }
}
