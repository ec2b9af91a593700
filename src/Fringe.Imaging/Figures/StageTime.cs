namespace Fringe.Imaging.Figures;

/// <summary>How long a stage of the run took.</summary>
/// <param name="Stage">What was done.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record StageTime(Stage Stage, double Seconds);
