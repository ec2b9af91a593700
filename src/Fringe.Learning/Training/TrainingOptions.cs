using Fringe.Core;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using TorchSharp;

namespace Fringe.Learning.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions : IOptions
{
    /// <summary>Network to train.</summary>
    public string Preset { get; init; } = NetworkPreset.Names[0];

    /// <summary>Whether in the paper's four stages (encoder and shape; phase; encoder and phase; all) or all at once.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Epochs of each stage.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Examples of an epoch; after each the network is validated.</summary>
    public int ExamplesPerEpoch { get; init; } = 4000;

    /// <summary>Examples of a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Adam's rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Steps over which the rate rises at the start of a stage.</summary>
    public int WarmUpSteps { get; init; } = 100;

    /// <summary>Share of a stage, its last, over which the rate falls linearly to a fiftieth.</summary>
    public double DecayShare { get; init; } = 0.5;

    /// <summary>Largest norm of a gradient.</summary>
    public double GradientNorm { get; init; } = 1;

    /// <summary>Chance of dropping a value, in networks that do.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Weights of the loss.</summary>
    public LossOptions Loss { get; init; } = new();

    /// <summary>Type of the convolutions; weights stay float32.</summary>
    public torch.ScalarType Compute { get; init; } = torch.ScalarType.BFloat16;

    /// <summary>Examples that validation judges by.</summary>
    public int ValidationExamples { get; init; } = 64;

    /// <summary>Seed of the first weights and of all examples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Voxels along each edge.</summary>
    public int Size { get; init; } = 32;

    /// <summary>A checkpoint is written this often, besides after each epoch.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch => Math.Max(1, ExamplesPerEpoch / BatchSize);

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (!NetworkPreset.Names.Contains(Preset))
        {
            yield return new(nameof(Preset), $"must be one of {string.Join(", ", NetworkPreset.Names)}");
        }

        if (Epochs is < 1 or > 1_000_000 || ExamplesPerEpoch is < 1 or > 100_000_000)
        {
            yield return new(nameof(Epochs), "must be 1 or more, and examples an epoch too");
        }

        if (BatchSize is < 1 or > 4096 || BatchSize > ExamplesPerEpoch)
        {
            yield return new(nameof(BatchSize), "must be 1 to 4096 and at most an epoch's examples");
        }

        if (LearningRate is not (> 0 and <= 1) || GradientNorm is not > 0)
        {
            yield return new(nameof(LearningRate), "must be above 0 and at most 1, the gradient's norm above 0");
        }

        if (Dropout is not (>= 0 and < 1) || DecayShare is not (>= 0 and <= 1) || WarmUpSteps < 0)
        {
            yield return new(
                nameof(Dropout),
                "must be 0 to 1 (not 1), the decay's share 0 to 1, warm-up 0 or more steps"
            );
        }

        if (Size is not (32 or 64) || ValidationExamples is < 1 or > 10_000)
        {
            yield return new(nameof(Size), "must be 32 or 64, validation 1 to 10000 examples");
        }

        if (IsStaged && Preset != CdinnNetwork.Name)
        {
            yield return new(
                nameof(IsStaged),
                $"is for the network '{CdinnNetwork.Name}': '{Preset}' has no separate decoders"
            );
        }

        foreach (OptionProblem problem in Loss.Validate())
        {
            yield return problem.Within(nameof(Loss));
        }
    }
}
