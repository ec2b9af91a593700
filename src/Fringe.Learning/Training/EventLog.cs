using Fringe.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Training;

/// <summary>
/// The columns of <c>history.csv</c> as TensorBoard's event files, one a run of the program: what a killed run left half-written is the
/// end of its own file. An epoch that is done again after a kill has its point twice, with the same losses.
/// </summary>
internal sealed class EventLog(string folder, TimeProvider time)
{
    // Made with the first record: a run with nothing left to do leaves no file.
    private SummaryWriter? writer;

    /// <summary>Adds an epoch's figures; it is the step.</summary>
    /// <exception cref="InputException">They cannot be written.</exception>
    public void Append(EpochRecord record)
    {
        (string Tag, double Value)[] scalars =
        [
            ("loss/training", record.Loss),
            ("loss/validation", record.ValidationLoss),
            ("error/median", record.MedianError),
            ("error/95th percentile", record.WorstError),
            ("speed/examples per second", record.SamplesPerSecond),
            ("speed/data share", record.DataShare),
            ("learning rate", record.LearningRate),
        ];
        try
        {
            writer ??= utils.tensorboard.SummaryWriter(folder);
            foreach ((string tag, double value) in scalars)
            {
                writer.add_scalar(tag, (float)value, record.Epoch, time.GetUtcNow().ToUnixTimeSeconds());
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(
                folder,
                $"TensorBoard's events cannot be written ({error.Message}); free some space",
                inner: error
            );
        }
    }
}
