namespace Fringe.App.Reports;

/// <summary>How long a stage of the run took.</summary>
internal sealed record StageTime(string Stage, double Seconds);
