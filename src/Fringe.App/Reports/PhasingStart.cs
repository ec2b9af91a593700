namespace Fringe.App.Reports;

/// <summary>One independent start of a phasing run.</summary>
/// <param name="Index">Its number, counted from 1 in the order of the seeds.</param>
/// <param name="Chi">Its last chi.</param>
/// <param name="FreeLogLikelihood">Its free Poisson log-likelihood per held-out voxel, by which starts are ranked; NaN if none.</param>
/// <param name="SupportVoxels">Size of its support.</param>
/// <param name="Agreement">Complex correlation with the best start, 0 to 1; NaN if not computed.</param>
/// <param name="Kept">Whether it entered the average.</param>
/// <param name="ChiHistory">chi of each iteration; NaN where an iteration has none.</param>
internal sealed record PhasingStart(
    int Index,
    double Chi,
    double FreeLogLikelihood,
    int SupportVoxels,
    double Agreement,
    bool Kept,
    IReadOnlyList<double> ChiHistory
);
