namespace Fringe.Learning.Evaluation;

/// <summary>How well one unseen crystal was predicted, and what it was like.</summary>
/// <param name="Crystal">Its number in its set.</param>
/// <param name="Error">Real-space error after the best trivial changes, 0 to 1.</param>
/// <param name="NetworkError">The same of the network's own output, before the last steps of phase retrieval.</param>
/// <param name="ShapeError">Mean difference of the amplitudes over the true one's mean, on the voxels of either crystal.</param>
/// <param name="PhaseErrorRadians">Mean difference of the phases on the true crystal's voxels, weighted by its amplitude.</param>
/// <param name="IsTwin">Whether the twin came out.</param>
/// <param name="Spread">What the predictor says of its own certainty; NaN when not asked for.</param>
/// <param name="Chi">chi on the network's grid.</param>
/// <param name="Noise">The chi that photon noise alone leaves, about.</param>
/// <param name="Photons">Expected in the pattern.</param>
/// <param name="StrainLeft">Strain of the crystal beside its mean, rms.</param>
/// <param name="PhaseRangeRadians">Range of the true phase, 1st to 99th percentile.</param>
/// <param name="Atoms">Its size.</param>
/// <param name="OversamplingRatio">Smallest of the three axes.</param>
public sealed record ExampleScore(
    int Crystal,
    double Error,
    double NetworkError,
    double ShapeError,
    double PhaseErrorRadians,
    bool IsTwin,
    double Spread,
    double Chi,
    double Noise,
    double Photons,
    double StrainLeft,
    double PhaseRangeRadians,
    int Atoms,
    double OversamplingRatio
);
