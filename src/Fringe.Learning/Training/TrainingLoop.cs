using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Training;

/// <summary>
/// Trains a network, step by step: examples, loss, gradient, schedule, validation. It knows no files (<see cref="TrainingFolder"/> does) and
/// leaves the process's settings and generator alone: all follows from the options, the step and the weights it begins with. Owns its
/// network.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    private const int PatienceEpochs = 3;

    private readonly ExampleMaker examples;
    private readonly ExampleBatch validation;
    private readonly IReadOnlyList<TrainingStage> stages;
    private readonly TrainingMeter meter;
    private ScalarSafeAdam? adam;
    private TrainingStage? stageOfAdam;
    private int risen;

    /// <param name="options">How to train.</param>
    /// <param name="learnFrom">Crystals of examples to learn from.</param>
    /// <param name="judgeBy">Other crystals, to validate with.</param>
    /// <param name="measurement">What happens to patterns.</param>
    /// <param name="time">For rates.</param>
    /// <exception cref="InputException">The options cannot be used.</exception>
    public TrainingLoop(
        TrainingOptions options,
        CrystalSource learnFrom,
        CrystalSource judgeBy,
        MeasurementOptions measurement,
        TimeProvider time
    )
    {
        OptionProblem.RequireNone(options.Validate().Concat(measurement.Validate()));
        Options = options;
        Measurement = measurement;
        stages = TrainingStage.Of(options);
        meter = new TrainingMeter(time, options.BatchSize);
        Network = NetworkPreset.Create(options.Preset, options.Dropout, options.Seed);
        examples = new ExampleMaker(learnFrom, measurement, options.Size, options.Seed);
        // Other examples than any to learn from, always the same.
        validation = new ExampleMaker(judgeBy, MeasurementOptions.Clean(1e7), options.Size, ~options.Seed).Make(
            0,
            options.ValidationExamples
        );
    }

    /// <summary>How it trains.</summary>
    public TrainingOptions Options { get; }

    /// <summary>What happens to the patterns it learns from.</summary>
    public MeasurementOptions Measurement { get; }

    /// <summary>What is trained.</summary>
    public PhasingNetwork Network { get; }

    /// <summary>Steps of the whole training.</summary>
    public long Steps => (long)stages.Count * StageSteps;

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Best validation loss so far; infinite before the first.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>How far it is.</summary>
    public TrainingProgress Progress => meter.Progress(Step, Steps, StageOf(Math.Max(0, Step - 1)).Name);

    /// <summary>The optimiser of the stage that the last step was in, or the next where it has just gone on.</summary>
    internal ScalarSafeAdam Optimiser => adam ?? BeginStage(StageOf(Step));

    /// <summary>Whether the next step goes on with the optimiser's state: not where a stage begins.</summary>
    internal bool IsWithinStage => Step % StageSteps != 0;

    private long StageSteps => (long)Options.Epochs * Options.StepsPerEpoch;

    /// <summary>Goes on from a step, with the network's weights as they are.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="best">Best validation loss so far.</param>
    internal void GoOnFrom(long step, double best)
    {
        adam?.Dispose();
        (adam, stageOfAdam) = (null, null);
        (Step, Best) = (step, best);
    }

    /// <summary>Takes a step, and validates where it ends an epoch. Not after the last.</summary>
    /// <exception cref="InputException">An example that is no number.</exception>
    public TrainingStep Next()
    {
        TrainingStage stage = StageOf(Step);
        if (!ReferenceEquals(stage, stageOfAdam))
        {
            BeginStage(stage);
        }

        (double rate, TrainingStop? stop) = Learn(Optimiser, stage);
        if (stop is not null)
        {
            return new TrainingStep(stop, null, IsBest: false);
        }

        Step++;
        if (Step % Options.StepsPerEpoch != 0)
        {
            return new TrainingStep(null, null, IsBest: false);
        }

        EpochRecord record = Validate(stage, rate);
        risen = record.ValidationLoss > (2 * Best) + 0.1 ? risen + 1 : 0;
        // A stage that trains half the network is not compared with the others.
        bool isBest = Step > Steps - StageSteps && record.ValidationLoss < Best;
        Best = isBest ? record.ValidationLoss : Best;
        bool hasDiverged = risen >= PatienceEpochs || !double.IsFinite(record.ValidationLoss);
        return new TrainingStep(hasDiverged ? TrainingStop.Diverged : null, record, isBest);
    }

    public void Dispose()
    {
        adam?.Dispose();
        validation.Dispose();
        Network.Dispose();
    }

    private TrainingStage StageOf(long step) => stages[(int)Math.Min(step / StageSteps, stages.Count - 1)];

    private ScalarSafeAdam BeginStage(TrainingStage stage)
    {
        HashSet<Parameter> trained =
        [
            .. Network.Parts.Where((_, part) => stage.Parts?.Contains(part) != false).SelectMany(part => part),
        ];
        foreach (Parameter parameter in Network.parameters())
        {
            parameter.requires_grad = trained.Contains(parameter);
        }

        adam?.Dispose();
        adam = new ScalarSafeAdam(trained, Options.LearningRate, 0.9, 0.99);
        stageOfAdam = stage;
        return adam;
    }

    private (double Rate, TrainingStop? Stop) Learn(ScalarSafeAdam optimiser, TrainingStage stage)
    {
        using var scope = NewDisposeScope();
        meter.BeginStep();
        using ExampleBatch batch = examples.Make(Step * Options.BatchSize, Options.BatchSize);
        meter.EndData();
        double rate = LearningRate(Step % StageSteps);
        foreach (var group in optimiser.ParamGroups)
        {
            group.LearningRate = rate;
        }

        // Of each step: what is dropped must not depend on what ran before.
        using Generator dropout = new((ulong)unchecked((Options.Seed * 1_000_003) + Step));
        Network.train();
        optimiser.zero_grad();
        PatternInput input = PatternInput.Of(batch.Intensity, batch.Mask);
        IReadOnlyList<Tensor> objects = Network.Predict(input, Options.Compute, dropout);
        ReconstructionLoss loss = new(stage.Loss);
        Tensor[] each = [.. objects.Select(psi => loss.Of(psi, batch.Target, input))];
        Tensor total = each.Select(values => values.mean()).Aggregate((sum, next) => sum.Plus(next));
        double value = total.item<float>();
        if (!double.IsFinite(value))
        {
            return (rate, TrainingStop.NonFinite);
        }

        if (objects[^1].detach().abs().amax().item<float>() < 1e-6f)
        {
            return (rate, TrainingStop.DeadOutput);
        }

        total.backward();
        nn.utils.clip_grad_norm_(optimiser.parameters(), Options.GradientNorm);
        optimiser.step();
        meter.EndStep(each[^1].mean().item<float>());
        return (rate, null);
    }

    // Rises, holds, falls.
    private double LearningRate(long stageStep)
    {
        double rise = Options.WarmUpSteps > 0 ? Math.Min(1, (stageStep + 1.0) / Options.WarmUpSteps) : 1;
        double left = 1 - ((double)stageStep / StageSteps);
        double fall = Options.DecayShare > 0 ? Math.Clamp(left / Options.DecayShare, 0.02, 1) : 1;
        return Options.LearningRate * rise * fall;
    }

    private EpochRecord Validate(TrainingStage stage, double rate)
    {
        using var scope = NewDisposeScope();
        using var without = inference_mode();
        Network.eval();
        ReconstructionLoss loss = new(stage.Loss);
        List<double> losses = [];
        List<double> errors = [];
        for (int i = 0; i < Options.ValidationExamples; i += Options.BatchSize)
        {
            int count = Math.Min(Options.BatchSize, Options.ValidationExamples - i);
            PatternInput input = PatternInput.Of(
                validation.Intensity.narrow(0, i, count),
                validation.Mask.narrow(0, i, count)
            );
            Tensor psi = Network.Predict(input, Options.Compute)[^1];
            Tensor target = validation.Target.narrow(0, i, count);
            losses.AddRange(loss.Of(psi, target, input).data<float>().Select(value => (double)value));
            errors.AddRange(
                ReconstructionLoss.RealSpaceError(psi, target).data<float>().Select(value => (double)value)
            );
        }

        errors.Sort();
        int epoch = (int)(Step / Options.StepsPerEpoch);
        return meter.EndEpoch(epoch, stage.Name, Step * Options.BatchSize, losses.Average(), errors, rate);
    }
}
