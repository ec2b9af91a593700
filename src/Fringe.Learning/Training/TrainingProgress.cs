namespace Fringe.Learning.Training;

/// <summary>Where a training stands.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Loss">Mean loss of the last steps.</param>
/// <param name="ValidationError">Median real-space error of the last validation; NaN before the first.</param>
/// <param name="SamplesPerSecond">Of this run.</param>
/// <param name="DataShare">Share of the time in which the network waited for examples.</param>
public sealed record TrainingProgress(
    long Step,
    long Steps,
    string Stage,
    double Loss,
    double ValidationError,
    double SamplesPerSecond,
    double DataShare
);
