namespace Fringe.Learning.Training;

/// <summary>A line of a training's history.</summary>
/// <param name="Epoch">From 1, over all stages.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Samples">Examples seen.</param>
/// <param name="Loss">Mean over the epoch.</param>
/// <param name="ValidationLoss">Mean over the validation's examples.</param>
/// <param name="MedianError">Their median real-space error.</param>
/// <param name="WorstError">Its 95th percentile.</param>
/// <param name="LearningRate">At the epoch's end.</param>
/// <param name="SamplesPerSecond">Of the epoch.</param>
/// <param name="DataShare">Share of its time in which the network waited for examples.</param>
public sealed record EpochRecord(
    int Epoch,
    string Stage,
    long Samples,
    double Loss,
    double ValidationLoss,
    double MedianError,
    double WorstError,
    double LearningRate,
    double SamplesPerSecond,
    double DataShare
)
{
    /// <summary>Names of the columns.</summary>
    public const string Header =
        "epoch,stage,samples,loss,validation_loss,median_error,error_95,learning_rate,samples_per_second,data_share";

    /// <summary>The line as CSV.</summary>
    public string ToCsv() =>
        FormattableString.Invariant(
            $"{Epoch},{Stage},{Samples},{Loss:G6},{ValidationLoss:G6},{MedianError:G6},{WorstError:G6},{LearningRate:G6},{SamplesPerSecond:G4},{DataShare:G4}"
        );
}
