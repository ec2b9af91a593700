using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// What is expected of an object before anything is measured, as a penalty of its own scale: an object of amplitude 1. Written in torch
/// calls, so that autodiff gives its gradient. Its weight falls linearly to its last value over the first part of the run, then stays.
/// </summary>
public abstract record Regulariser : IOptions
{
    private const double StartNoise = 10;
    private const double MostBoost = 3;

    /// <summary>
    /// Weight at the start, relative to a misfit in the same scale (object divided by its amplitude, misfit by its square).
    /// </summary>
    public double Weight { get; init; }

    /// <summary>Weight at the end.</summary>
    public double EndWeight { get; init; }

    /// <summary>
    /// What photon noise adds to the weights, in units of the chi that it leaves (<see cref="Metrics.PhotonNoise"/>): what is not
    /// measured well enough stays expected. Ten times as much at the start, but not beyond four times <see cref="Weight"/>.
    /// </summary>
    public double NoiseShare { get; init; }

    /// <summary>Share of the steps over which the weight changes, 0 to 1.</summary>
    public double AnnealFraction { get; init; } = 0.7;

    /// <summary>The penalty of an object.</summary>
    /// <param name="psi">complex <c>[z, y, x]</c>, borrowed.</param>
    /// <param name="unit">The object's amplitude, by which the penalty's own constants are scaled.</param>
    /// <returns>A real scalar in units of the amplitude; belongs to the caller.</returns>
    public abstract Tensor Penalty(Tensor psi, double unit);

    /// <summary>The weight at a place of the run.</summary>
    /// <param name="progress">0 = start, 1 = end of the steps.</param>
    /// <param name="noise">chi that photon noise alone leaves.</param>
    public double WeightAt(double progress, double noise)
    {
        double start = Weight + Math.Min(StartNoise * NoiseShare * noise, MostBoost * Weight);
        double end = EndWeight + (NoiseShare * noise);
        double annealed = AnnealFraction > 0 ? Math.Clamp(progress / AnnealFraction, 0, 1) : 1;
        return start + ((end - start) * annealed);
    }

    /// <inheritdoc/>
    public virtual IEnumerable<OptionProblem> Validate()
    {
        if (
            !(Weight >= 0)
            || !(EndWeight >= 0)
            || !(NoiseShare >= 0)
            || !double.IsFinite(Weight + EndWeight + NoiseShare)
        )
        {
            yield return new(nameof(Weight), "must not be negative, nor the weight at the end and the share of noise");
        }

        if (AnnealFraction is not (>= 0 and <= 1))
        {
            yield return new(nameof(AnnealFraction), "must lie between 0 and 1");
        }
    }
}
