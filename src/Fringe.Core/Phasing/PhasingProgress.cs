namespace Fringe.Core.Phasing;

/// <summary>Where a run stands, reported after every iteration.</summary>
/// <param name="Start">Number of the start, from 1; several may run side by side.</param>
/// <param name="Starts">How many starts there are.</param>
/// <param name="Iteration">Iterations done in this start.</param>
/// <param name="Iterations">Iterations of one start.</param>
/// <param name="Algorithm">Name of the algorithm that ran.</param>
/// <param name="Chi">chi of the iterate over constrained voxels.</param>
public readonly record struct PhasingProgress(
    int Start,
    int Starts,
    int Iteration,
    int Iterations,
    string Algorithm,
    double Chi
);
