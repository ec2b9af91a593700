namespace Fringe.Learning.Training;

/// <summary>Keeps the loss and the times of a training.</summary>
internal sealed class TrainingMeter(TimeProvider time, int batchSize)
{
    private const double Smoothing = 0.98;
    private double smoothed = double.NaN;
    private double validation = double.NaN;
    private long began;
    private double stepSeconds;
    private double dataSeconds;
    private double lossSum;
    private int steps;

    public void BeginStep() => began = time.GetTimestamp();

    /// <summary>The examples are there.</summary>
    public void EndData() => dataSeconds += time.GetElapsedTime(began).TotalSeconds;

    public void EndStep(double loss)
    {
        stepSeconds += time.GetElapsedTime(began).TotalSeconds;
        lossSum += loss;
        steps++;
        smoothed = double.IsNaN(smoothed) ? loss : (smoothed * Smoothing) + (loss * (1 - Smoothing));
    }

    /// <summary>What is known now.</summary>
    public TrainingProgress Progress(long step, long all, string stage) =>
        new(step, all, stage, smoothed, validation, Rate, DataShare);

    /// <summary>The epoch's record; the next one begins.</summary>
    public EpochRecord EndEpoch(
        int epoch,
        string stage,
        long samples,
        double validationLoss,
        IReadOnlyList<double> sortedErrors,
        double learningRate
    )
    {
        validation = sortedErrors[sortedErrors.Count / 2];
        double worst = sortedErrors[(int)(0.95 * (sortedErrors.Count - 1))];
        EpochRecord record = new(
            epoch,
            stage,
            samples,
            steps > 0 ? lossSum / steps : double.NaN,
            validationLoss,
            validation,
            worst,
            learningRate,
            Rate,
            DataShare
        );
        (stepSeconds, dataSeconds, lossSum, steps) = (0, 0, 0, 0);
        return record;
    }

    private double Rate => stepSeconds > 0 ? steps * batchSize / stepSeconds : 0;

    private double DataShare => stepSeconds > 0 ? dataSeconds / stepSeconds : 0;
}
