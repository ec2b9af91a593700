using System.CommandLine;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using Fringe.Learning.Training;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe train</c> and how they become a training.</summary>
internal sealed class TrainOptions
{
    private static readonly TrainingOptions Defaults = new();
    private static readonly MeasurementOptions Conditions = new();

    private readonly Option<string> preset = new("--network")
    {
        Description = "Network: Fringe's own, or that of 3D-CDI-NN.",
        DefaultValueFactory = _ => NetworkPreset.Names[0],
    };

    private readonly Option<string> stages = new("--stages")
    {
        Description = "All at once, or as the paper: encoder and shape, phase, encoder and phase, all.",
        DefaultValueFactory = _ => "one",
    };

    private readonly Option<int> epochs = Number("--epochs", "Epochs of each stage.", Defaults.Epochs);
    private readonly Option<int> examples = Number("--examples", "Examples of an epoch.", Defaults.ExamplesPerEpoch);
    private readonly Option<int> batch = Number("--batch", "Examples of a step.", Defaults.BatchSize);
    private readonly Option<int> validation = Number(
        "--validation",
        "Examples to validate with after each epoch.",
        Defaults.ValidationExamples
    );
    private readonly Option<int> size = Number("--size", "Voxels along each edge: 32 or 64.", Defaults.Size);
    private readonly Option<double> rate = Real("--rate", "Adam's learning rate.", Defaults.LearningRate);
    private readonly Option<double> decay = Real(
        "--decay",
        "Last share of a stage over which the rate falls.",
        Defaults.DecayShare
    );
    private readonly Option<double> dropout = Real("--dropout", "Chance of dropout (cdinn only).", Defaults.Dropout);
    private readonly Option<double?> realSpace = Weight("--weight-real-space", "the real-space error");
    private readonly Option<double?> shape = Weight("--weight-shape", "the amplitude on the crystal");
    private readonly Option<double?> phase = Weight("--weight-phase", "the phase on the crystal");
    private readonly Option<double?> physics = Weight("--weight-physics", "the misfit of the pattern");
    private readonly Option<string> photons = new("--photons")
    {
        Description = "Fewest and most photons of a pattern.",
        HelpName = "MIN,MAX",
        DefaultValueFactory = _ =>
            FormattableString.Invariant($"{Conditions.LeastPhotons:G},{Conditions.MostPhotons:G}"),
    };
    private readonly Option<double> procedural = Real(
        "--procedural",
        "Share of made-up crystals beside those of --data; without --data all are.",
        0.3
    );
    private readonly Option<double> checkpoint = Real("--checkpoint-minutes", "A checkpoint is written this often.", 3);
    private readonly Option<bool> single = new("--float32")
    {
        Description = "Compute in float32 instead of bfloat16 (cdinn always does).",
    };
    private readonly Option<long> seed = new("--seed")
    {
        Description = "Seed of the first weights and of all examples.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public TrainOptions()
    {
        preset.AcceptOnlyFromAmong([.. NetworkPreset.Names]);
        stages.AcceptOnlyFromAmong("one", "paper");
    }

    public Option<string?> Output { get; } =
        new("--output", "-o")
        {
            Description = "Folder of the training; a run goes on from the checkpoint in it.",
            HelpName = "DIR",
        };

    public Option<string?> Data { get; } =
        OptionOf.Text(
            "--data",
            "DIR",
            "Crystals of fringe simulate or fringe train dataset. Without it: made-up crystals only."
        );

    public Option<string?> From { get; } = OptionOf.Text("--from", "FILE", "Weights to begin with (safetensors).");

    public Option<int?> Threads { get; } = ThreadsOption.Create();

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    /// <summary>Share of made-up crystals.</summary>
    public double ProceduralShare(ParseResult parsed) =>
        parsed.GetValue(procedural) is var share and >= 0 and <= 1
            ? share
            : throw new InputException("--procedural must be 0 to 1");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            Output,
            Data,
            From,
            preset,
            stages,
            epochs,
            examples,
            batch,
            rate,
            decay,
            dropout,
            realSpace,
            shape,
            phase,
            physics,
            photons,
            procedural,
            validation,
            size,
            seed,
            single,
            checkpoint,
            Threads,
            Quiet,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>The training of a parsed command line.</summary>
    /// <exception cref="InputException">A value is no good; all problems in one line.</exception>
    public (TrainingOptions Training, MeasurementOptions Measurement) Read(ParseResult parsed)
    {
        string network = parsed.GetValue(preset)!;
        LossOptions loss = network == NetworkPreset.Names[0] ? new LossOptions() : LossOptions.Paper;
        double[] range = NumberList.Numbers("--photons", parsed.GetValue(photons), 2, 2)!;
        MeasurementOptions measurement = Conditions with { LeastPhotons = range[0], MostPhotons = range[1] };
        double minutes = parsed.GetValue(checkpoint);
        TrainingOptions training = Defaults with
        {
            Preset = network,
            IsStaged = parsed.GetValue(stages) == "paper",
            Epochs = parsed.GetValue(epochs),
            ExamplesPerEpoch = parsed.GetValue(examples),
            BatchSize = parsed.GetValue(batch),
            LearningRate = parsed.GetValue(rate),
            DecayShare = parsed.GetValue(decay),
            Dropout = parsed.GetValue(dropout),
            Loss = loss with
            {
                RealSpace = parsed.GetValue(realSpace) ?? loss.RealSpace,
                Shape = parsed.GetValue(shape) ?? loss.Shape,
                Phase = parsed.GetValue(phase) ?? loss.Phase,
                Physics = parsed.GetValue(physics) ?? loss.Physics,
            },
            Compute = NetworkPreset.TrainsIn(network, parsed.GetValue(single)),
            ValidationExamples = parsed.GetValue(validation),
            Seed = parsed.GetValue(seed),
            Size = parsed.GetValue(size),
            CheckpointEvery = TimeSpan.FromMinutes(minutes is > 0 and < 1e6 ? minutes : 3),
        };
        List<string> problems =
        [
            .. FlagNames.Explain("Training", training.Validate()),
            .. FlagNames.Explain("Measurement", measurement.Validate()),
            .. ThreadsOption.Problems(parsed.GetValue(Threads)),
        ];
        if (minutes is not (> 0 and < 1e6))
        {
            problems.Add("--checkpoint-minutes must be above 0");
        }

        return problems.Count == 0 ? (training, measurement) : throw new InputException(string.Join("; ", problems));
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => value,
        };

    private static Option<double> Real(string name, string description, double value) =>
        new(name)
        {
            Description = description,
            HelpName = "X",
            DefaultValueFactory = _ => value,
        };

    private static Option<double?> Weight(string name, string term) =>
        OptionOf.Number(name, "W", $"Weight in the loss of {term}. Default: the network's.");
}
