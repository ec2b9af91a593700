namespace Fringe.Core.Phasing.Refinement;

/// <summary>Where a refinement stands, reported after every step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">The most steps there can be.</param>
/// <param name="Optimiser">Its name.</param>
/// <param name="Chi">chi of the object before the step, over voxels that count.</param>
public readonly record struct RefinementProgress(int Step, int Steps, string Optimiser, double Chi);
