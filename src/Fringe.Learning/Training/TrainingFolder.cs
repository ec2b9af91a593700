using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Networks;
using static TorchSharp.torch;

namespace Fringe.Learning.Training;

/// <summary>
/// What a training leaves in a folder: <c>checkpoint.safetensors</c> to go on from, <c>weights.safetensors</c> the best so far,
/// <c>history.csv</c> and its columns for TensorBoard. A run in a folder with a checkpoint goes on from it and ends with the weights of one
/// that was never stopped.
/// </summary>
public sealed class TrainingFolder
{
    /// <summary>Where a run goes on from.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    /// <summary>The best weights, in half precision.</summary>
    public const string WeightsName = "weights.safetensors";

    private readonly string folder;
    private readonly string dataName;
    private readonly (SafeTensorsContent Content, string Name)? from;
    private readonly Dictionary<string, string> about;
    private readonly TimeProvider time;

    /// <param name="folder">Exists.</param>
    /// <param name="dataName">Says which crystals; a checkpoint of others is refused.</param>
    /// <param name="from">Weights to begin with; null = the loop's own.</param>
    /// <param name="about">More metadata for the weights: the program's version and commit.</param>
    /// <param name="time">For checkpoints and events.</param>
    public TrainingFolder(
        string folder,
        string dataName,
        (SafeTensorsContent Content, string Name)? from,
        IReadOnlyDictionary<string, string> about,
        TimeProvider time
    )
    {
        this.folder = folder;
        this.dataName = dataName;
        this.from = from;
        this.about = new Dictionary<string, string>(about) { ["data"] = dataName };
        this.time = time;
    }

    private string CheckpointPath => Path.Combine(folder, CheckpointName);

    /// <summary>Trains to the end, or until cancelled, when a checkpoint is left to go on from.</summary>
    /// <param name="loop">At its beginning; borrowed.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Looked at after every step.</param>
    /// <exception cref="InputException">
    /// Weights that do not fit; a checkpoint that does not belong here; the disk is full; an example that is no number.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is written.</exception>
    public TrainingOutcome Run(TrainingLoop loop, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        string identity = IdentityOf(loop);
        Begin(loop, identity);
        EventLog events = new(folder, time);
        List<EpochRecord> history = [];
        long written = time.GetTimestamp();
        while (loop.Step < loop.Steps)
        {
            TrainingStep done = loop.Next();
            if (done.Stop is { } failed && done.Epoch is null)
            {
                return new TrainingOutcome(failed, loop.Step, history);
            }

            progress.Report(loop.Progress);
            if (done.Epoch is { } record)
            {
                history.Add(record);
                HistoryFile.Append(folder, record);
                events.Append(record);
                if (done.IsBest)
                {
                    WriteWeights(loop, record);
                }

                if (done.Stop is { } stop)
                {
                    return new TrainingOutcome(stop, loop.Step, history);
                }
            }

            bool isDue = time.GetElapsedTime(written) >= loop.Options.CheckpointEvery;
            if (done.Epoch is not null || cancellation.IsCancellationRequested || isDue)
            {
                Checkpoint.Write(CheckpointPath, loop.Network, loop.Optimiser, loop.Step, loop.Best, identity);
                written = time.GetTimestamp();
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return new TrainingOutcome(TrainingStop.Finished, loop.Step, history);
    }

    // What must be the same for a run to go on.
    private string IdentityOf(TrainingLoop loop) =>
        JsonSerializer.Serialize(
            new
            {
                Options = loop.Options with
                {
                    CheckpointEvery = default,
                },
                measurement = loop.Measurement,
                dataName,
                from = from?.Name,
            }
        );

    private void Begin(TrainingLoop loop, string identity)
    {
        if (from is { } given)
        {
            NetworkWeights.Import(loop.Network, given.Content, given.Name);
        }

        if (!File.Exists(CheckpointPath))
        {
            return;
        }

        SafeTensorsContent saved = SafeTensorsFile.Read(CheckpointPath);
        (long step, double best) = Checkpoint.Read(CheckpointPath, saved, loop.Network, identity);
        loop.GoOnFrom(step, best);
        if (step < loop.Steps && loop.IsWithinStage)
        {
            Checkpoint.Restore(loop.Optimiser, saved);
        }
    }

    private void WriteWeights(TrainingLoop loop, EpochRecord record)
    {
        Dictionary<string, string> metadata = new(about)
        {
            ["samples_seen"] = FormattableString.Invariant($"{loop.Step * loop.Options.BatchSize}"),
            ["validation_median_error"] = FormattableString.Invariant($"{record.MedianError:G6}"),
            ["validation_error_95"] = FormattableString.Invariant($"{record.WorstError:G6}"),
        };
        SafeTensorsFile.Write(
            Path.Combine(folder, WeightsName),
            NetworkWeights.Export(loop.Network, ScalarType.Float16, metadata)
        );
    }
}
