namespace Fringe.App.Reports;

/// <summary>Where a phasing run is.</summary>
/// <param name="Start">The start that reports, counted from 1.</param>
/// <param name="Starts">How many there are.</param>
/// <param name="Iteration">Iterations which that start has finished.</param>
/// <param name="Iterations">Iterations of each start.</param>
/// <param name="Algorithm">The step just done: ER, HIO, RAAR.</param>
/// <param name="Chi">chi after it; NaN where it was not computed.</param>
internal sealed record PhasingProgress(
    int Start,
    int Starts,
    int Iteration,
    int Iterations,
    string Algorithm,
    double Chi
);
