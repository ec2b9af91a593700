using Fringe.Core;

namespace Fringe.Learning.Augmentation;

/// <summary>What a simulated measurement does to a pattern; each example draws its own.</summary>
public sealed record MeasurementOptions : IOptions
{
    /// <summary>Fewest photons of a pattern (drawn uniformly in the logarithm).</summary>
    public double LeastPhotons { get; init; } = 1e5;

    /// <summary>Most photons of a pattern.</summary>
    public double MostPhotons { get; init; } = 1e9;

    /// <summary>Chance of a gap between detector modules across the pattern (such voxels are masked).</summary>
    public double GapChance { get; init; } = 0.2;

    /// <summary>Chance of a beam that is only partly coherent.</summary>
    public double PartialCoherenceChance { get; init; } = 0.25;

    /// <summary>Chance of a flat background of up to a tenth of a photon a voxel.</summary>
    public double BackgroundChance { get; init; } = 0.2;

    /// <summary>A clean measurement with a given number of photons, to judge with.</summary>
    public static MeasurementOptions Clean(double photons) =>
        new()
        {
            LeastPhotons = photons,
            MostPhotons = photons,
            GapChance = 0,
            PartialCoherenceChance = 0,
            BackgroundChance = 0,
        };

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (!(LeastPhotons >= 100) || !(MostPhotons >= LeastPhotons) || !(MostPhotons <= 1e15))
        {
            yield return new(nameof(LeastPhotons), "must be from 100 to 1e15, the most not below it");
        }

        if (new[] { GapChance, PartialCoherenceChance, BackgroundChance }.Any(chance => chance is not (>= 0 and <= 1)))
        {
            yield return new(nameof(GapChance), "must be 0 to 1, as the other chances");
        }
    }
}
