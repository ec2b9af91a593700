using Fringe.Core;

namespace Fringe.Learning.Losses;

/// <summary>Weights of the terms of a <see cref="ReconstructionLoss"/>.</summary>
public sealed record LossOptions : IOptions
{
    /// <summary>Of <c>1 - |&lt;o, t&gt;|^2 / (|o|^2 |t|^2)</c>, the figure that predictions are judged by.</summary>
    public double RealSpace { get; init; } = 1;

    /// <summary>Of the amplitude on the crystal's voxels.</summary>
    public double Shape { get; init; }

    /// <summary>Of the phase on the crystal's voxels.</summary>
    public double Phase { get; init; }

    /// <summary>Of the misfit between the pattern and that of the prediction.</summary>
    public double Physics { get; init; }

    /// <summary>The paper's terms: shape, phase and physics alike.</summary>
    public static LossOptions Paper { get; } =
        new()
        {
            RealSpace = 0,
            Shape = 1,
            Phase = 1,
            Physics = 1,
        };

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        double[] weights = [RealSpace, Shape, Phase, Physics];
        if (weights.Any(weight => weight is not (>= 0 and <= 1e6)) || weights.Sum() <= 0)
        {
            yield return new(nameof(RealSpace), "must be 0 or more, as the other weights, and one of them above 0");
        }
    }
}
