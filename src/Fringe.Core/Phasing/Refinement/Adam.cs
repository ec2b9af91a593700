using Fringe.Core.Tensors.Kernels;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) on real and imaginary parts.</summary>
public sealed record Adam : Optimiser
{
    /// <summary>Rate at the start, in units of the object's amplitude.</summary>
    public double Rate { get; init; } = 3e-2;

    /// <summary>Rate at the end; between them half a cosine.</summary>
    public double EndRate { get; init; } = 1e-4;

    /// <summary>Decay of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    public double Beta2 { get; init; } = 0.99;

    public override string Name => "Adam";

    public override IEnumerable<OptionProblem> Validate()
    {
        if (!(Rate > 0) || !(EndRate >= 0) || !double.IsFinite(Rate + EndRate))
        {
            yield return new(nameof(Rate), "must be above 0 and finite, at the end not negative");
        }

        if (Beta1 is not (>= 0 and < 1) || Beta2 is not (>= 0 and < 1))
        {
            yield return new(nameof(Beta1), "must lie between 0 and 1, and the second beta too");
        }
    }

    internal override void Step(RefinementState state, RefinementObjective objective)
    {
        using Tensor toward = objective.PointToward(state);
        AdamMoments moments = state.Remember(() => new AdamMoments(state.Object));
        double cosine = (1 + Math.Cos(Math.PI * Math.Clamp(objective.Progress, 0, 1))) / 2;
        double rate = (EndRate + ((Rate - EndRate) * cosine)) * state.Unit;
        moments.Step(state.Object, toward, state.Support, rate, Beta1, Beta2);
    }
}
