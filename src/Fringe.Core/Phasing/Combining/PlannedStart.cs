namespace Fringe.Core.Phasing.Combining;

/// <summary>A start and the method that runs from it.</summary>
/// <param name="Start">What it borrows must live as long as the plan.</param>
/// <param name="Method">Valid.</param>
public sealed record PlannedStart(Start Start, PhasingMethod Method);
