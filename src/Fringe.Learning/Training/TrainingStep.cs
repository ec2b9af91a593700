namespace Fringe.Learning.Training;

/// <summary>What a step of a training came to.</summary>
/// <param name="Stop">Why the training cannot go on; null where it can.</param>
/// <param name="Epoch">The figures of the epoch that the step ended; null within an epoch.</param>
/// <param name="IsBest">Whether the weights are the best so far that may be kept.</param>
public sealed record TrainingStep(TrainingStop? Stop, EpochRecord? Epoch, bool IsBest);
