using System.Text.Json;
using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Training;

/// <summary>
/// Trains a network in a folder: <c>checkpoint.safetensors</c> to go on from, <c>weights.safetensors</c> the best so far,
/// <c>history.csv</c> and the same for TensorBoard. A run in a folder with a checkpoint goes on from it and ends with the same weights as one that was never stopped.
/// </summary>
public sealed class Trainer : IDisposable
{
    /// <summary>Where a run goes on from.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    /// <summary>The best weights, in half precision.</summary>
    public const string WeightsName = "weights.safetensors";

    private const int PatienceEpochs = 3;

    private readonly TrainingOptions options;
    private readonly string folder;
    private readonly string identity;
    private readonly TimeProvider time;
    private readonly ExampleMaker examples;
    private readonly ExampleBatch validation;
    private readonly PhasingNetwork network;
    private readonly IReadOnlyList<TrainingStage> stages;
    private readonly IReadOnlyDictionary<string, string> about;

    /// <param name="options">Valid options.</param>
    /// <param name="learnFrom">Crystals of examples to learn from.</param>
    /// <param name="judgeBy">Other crystals, to validate with.</param>
    /// <param name="measurement">What happens to patterns.</param>
    /// <param name="folder">Exists.</param>
    /// <param name="dataName">Says which crystals; a checkpoint of others is refused.</param>
    /// <param name="from">Weights to begin with; null = random ones.</param>
    /// <param name="about">More metadata for the weights: the program's version and commit.</param>
    /// <param name="time">For checkpoints and rates.</param>
    /// <exception cref="InputException">The weights do not fit the network.</exception>
    public Trainer(
        TrainingOptions options,
        CrystalSource learnFrom,
        CrystalSource judgeBy,
        MeasurementOptions measurement,
        string folder,
        string dataName,
        (SafeTensorsContent Content, string Name)? from,
        IReadOnlyDictionary<string, string> about,
        TimeProvider time
    )
    {
        this.options = options;
        this.folder = folder;
        this.time = time;
        this.about = new Dictionary<string, string>(about) { ["data"] = dataName };
        identity = JsonSerializer.Serialize(
            new
            {
                Options = options with
                {
                    CheckpointEvery = default,
                },
                measurement,
                dataName,
                from = from?.Name,
            }
        );
        stages = TrainingStage.Of(options);
        random.manual_seed(options.Seed);
        network = NetworkPreset.Create(options.Preset, options.Dropout);
        if (from is { } given)
        {
            NetworkWeights.Import(network, given.Content, given.Name);
        }

        examples = new ExampleMaker(learnFrom, measurement, options.Size, options.Seed);
        // Other examples than any to learn from, always the same.
        validation = new ExampleMaker(judgeBy, MeasurementOptions.Clean(1e7), options.Size, ~options.Seed).Make(
            0,
            options.ValidationExamples
        );
    }

    /// <summary>Steps of the whole training.</summary>
    public long Steps => (long)stages.Count * StageSteps;

    private long StageSteps => (long)options.Epochs * options.StepsPerEpoch;

    private string CheckpointPath => Path.Combine(folder, CheckpointName);

    /// <summary>Trains to the end, or until cancelled, when a checkpoint is left to go on from.</summary>
    /// <exception cref="InputException">A checkpoint that does not belong here; the disk is full; an example that is no number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is written.</exception>
    public TrainingOutcome Run(IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        SafeTensorsContent? saved = File.Exists(CheckpointPath) ? SafeTensorsFile.Read(CheckpointPath) : null;
        (long step, double best) = saved is null
            ? (0, double.PositiveInfinity)
            : Checkpoint.Read(CheckpointPath, saved, network, identity);
        TrainingMeter meter = new(time, options.BatchSize);
        EventLog events = new(folder, time);
        List<EpochRecord> history = [];
        int risen = 0;
        while (step < Steps)
        {
            TrainingStage stage = stages[(int)(step / StageSteps)];
            using Adam adam = CreateOptimiser(stage);
            if (saved is not null && step % StageSteps != 0)
            {
                Checkpoint.Restore(adam, saved);
            }

            saved = null;
            long stageEnd = ((step / StageSteps) + 1) * StageSteps;
            long written = time.GetTimestamp();
            while (step < stageEnd)
            {
                StepResult result = Step(adam, stage, step, meter);
                if (result.Stop is { } stop)
                {
                    return new TrainingOutcome(stop, step, history);
                }

                step++;
                progress.Report(meter.Progress(step, Steps, stage.Name));

                bool isEpochEnd = step % options.StepsPerEpoch == 0;
                if (isEpochEnd)
                {
                    EpochRecord record = Validate(step, stage, meter, result.LearningRate);
                    history.Add(record);
                    HistoryFile.Append(folder, record);
                    events.Append(record);
                    risen = record.ValidationLoss > (2 * best) + 0.1 ? risen + 1 : 0;
                    // A stage that trains half the network is not compared with the others.
                    bool isBest = step > Steps - StageSteps && record.ValidationLoss < best;
                    best = isBest ? record.ValidationLoss : best;
                    if (isBest)
                    {
                        WriteWeights(step, record);
                    }

                    if (risen >= PatienceEpochs || !double.IsFinite(record.ValidationLoss))
                    {
                        return new TrainingOutcome(TrainingStop.Diverged, step, history);
                    }
                }

                bool isCancelled = cancellation.IsCancellationRequested;
                if (isEpochEnd || isCancelled || time.GetElapsedTime(written) >= options.CheckpointEvery)
                {
                    Checkpoint.Write(CheckpointPath, network, adam, step, best, identity);
                    written = time.GetTimestamp();
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }

        return new TrainingOutcome(TrainingStop.Finished, step, history);
    }

    public void Dispose()
    {
        validation.Dispose();
        network.Dispose();
    }

    private HeldAdam CreateOptimiser(TrainingStage stage)
    {
        HashSet<Parameter> trained =
        [
            .. network.Parts.Where((_, part) => stage.Parts?.Contains(part) != false).SelectMany(part => part),
        ];
        foreach (Parameter parameter in network.parameters())
        {
            parameter.requires_grad = trained.Contains(parameter);
        }

        return new HeldAdam(trained, options.LearningRate, 0.9, 0.99);
    }

    private StepResult Step(Adam adam, TrainingStage stage, long step, TrainingMeter meter)
    {
        using var scope = NewDisposeScope();
        meter.BeginStep();
        using ExampleBatch batch = examples.Make(step * options.BatchSize, options.BatchSize);
        meter.EndData();
        double rate = LearningRate(step % StageSteps);
        foreach (var group in adam.ParamGroups)
        {
            group.LearningRate = rate;
        }

        // Dropout draws from the global generator: it must not depend on what ran before.
        random.manual_seed(unchecked((options.Seed * 1_000_003) + step));
        network.train();
        adam.zero_grad();
        PatternInput input = PatternInput.Of(batch.Intensity, batch.Mask);
        IReadOnlyList<Tensor> objects = network.Predict(input, options.Compute);
        ReconstructionLoss loss = new(stage.Loss);
        Tensor[] each = [.. objects.Select(psi => loss.Of(psi, batch.Target, input))];
        Tensor total = each.Select(values => values.mean()).Aggregate((sum, next) => sum.Plus(next));
        double value = total.item<float>();
        if (!double.IsFinite(value))
        {
            return new StepResult(rate, TrainingStop.NonFinite);
        }

        if (objects[^1].detach().abs().amax().item<float>() < 1e-6f)
        {
            return new StepResult(rate, TrainingStop.DeadOutput);
        }

        total.backward();
        nn.utils.clip_grad_norm_(adam.parameters(), options.GradientNorm);
        adam.step();
        meter.EndStep(each[^1].mean().item<float>());
        return new StepResult(rate, null);
    }

    // Rises, holds, falls.
    private double LearningRate(long stageStep)
    {
        double rise = options.WarmUpSteps > 0 ? Math.Min(1, (stageStep + 1.0) / options.WarmUpSteps) : 1;
        double left = 1 - ((double)stageStep / StageSteps);
        double fall = options.DecayShare > 0 ? Math.Clamp(left / options.DecayShare, 0.02, 1) : 1;
        return options.LearningRate * rise * fall;
    }

    private EpochRecord Validate(long step, TrainingStage stage, TrainingMeter meter, double rate)
    {
        using var scope = NewDisposeScope();
        using var without = inference_mode();
        network.eval();
        ReconstructionLoss loss = new(stage.Loss);
        List<double> losses = [];
        List<double> errors = [];
        for (int i = 0; i < options.ValidationExamples; i += options.BatchSize)
        {
            int count = Math.Min(options.BatchSize, options.ValidationExamples - i);
            PatternInput input = PatternInput.Of(
                validation.Intensity.narrow(0, i, count),
                validation.Mask.narrow(0, i, count)
            );
            Tensor psi = network.Predict(input, options.Compute)[^1];
            Tensor target = validation.Target.narrow(0, i, count);
            losses.AddRange(loss.Of(psi, target, input).data<float>().Select(value => (double)value));
            errors.AddRange(
                ReconstructionLoss.RealSpaceError(psi, target).data<float>().Select(value => (double)value)
            );
        }

        errors.Sort();
        int epoch = (int)(step / options.StepsPerEpoch);
        return meter.EndEpoch(epoch, stage.Name, step * options.BatchSize, losses.Average(), errors, rate);
    }

    private void WriteWeights(long step, EpochRecord record)
    {
        Dictionary<string, string> metadata = new(about)
        {
            ["samples_seen"] = FormattableString.Invariant($"{step * options.BatchSize}"),
            ["validation_median_error"] = FormattableString.Invariant($"{record.MedianError:G6}"),
            ["validation_error_95"] = FormattableString.Invariant($"{record.WorstError:G6}"),
        };
        SafeTensorsFile.Write(
            Path.Combine(folder, WeightsName),
            NetworkWeights.Export(network, ScalarType.Float16, metadata)
        );
    }

    private readonly record struct StepResult(double LearningRate, TrainingStop? Stop);
}
