using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Spec;

/// <summary>One scan of a SPEC file.</summary>
public sealed record SpecScan
{
    /// <summary>The file it is from.</summary>
    public required string Path { get; init; }

    public required int Number { get; init; }

    /// <summary>What was typed, such as <c>ascan th -0.28 0.72 200 0.25</c>.</summary>
    public required string Command { get; init; }

    /// <summary>The <c>#D</c> line as it stands; empty where there is none.</summary>
    public required string Date { get; init; }

    /// <summary>All motors, scanned ones at their start.</summary>
    public required IReadOnlyList<SpecMotor> Motors { get; init; }

    /// <summary>Names of the columns: the scanned motor first, counters last.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>One array a measured point, one value a column; NaN where the file has no number.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Points { get; init; }

    /// <summary>The scan's <c>#C</c> lines.</summary>
    public required IReadOnlyList<string> Comments { get; init; }

    /// <summary>What a person should know about how it was chosen, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Points of each other scan of that number in the file, which were not taken.</summary>
    public IReadOnlyList<int> OtherPoints { get; init; } = [];

    /// <summary>What it says of the motors.</summary>
    public ScanRecord Record =>
        new($"{Path} [scan {Number}]", Command, Find)
        {
            Points = Points.Count,
            Remarks = Remarks,
            OtherPoints = OtherPoints,
        };

    /// <summary>Where a motor stood when the scan began, by name or mnemonic; null if there is no such motor, NaN if it has no number.</summary>
    public double? Motor(string name) => Motors.FirstOrDefault(motor => motor.IsCalled(name))?.Value;

    /// <summary>A column's values; null if there is no such column.</summary>
    public IReadOnlyList<double>? Column(string name)
    {
        int place = Columns.ToList().IndexOf(name);
        return place < 0 ? null : [.. Points.Select(point => point[place])];
    }

    /// <summary>The positions of a motor: one a point where it is a column of the scan, else the one where it stood.</summary>
    /// <param name="name">Name or mnemonic.</param>
    public IReadOnlyList<double>? Positions(string name) => Find(name)?.Values;

    private MotorPositions? Find(string name)
    {
        SpecMotor? motor = Motors.FirstOrDefault(candidate => candidate.IsCalled(name));
        string[] names = [name, .. motor is null ? [] : new[] { motor.Name, motor.Mnemonic ?? motor.Name }];
        string origin = $"{Path} [scan {Number}]";
        string? scanned = names.FirstOrDefault(Columns.Contains);
        return scanned is not null && Points.Count > 0 ? new(Column(scanned)!, $"{origin}, column {scanned}")
            : motor is null ? null
            : new([motor.Value], $"{origin}, motor {motor.Name}");
    }
}
