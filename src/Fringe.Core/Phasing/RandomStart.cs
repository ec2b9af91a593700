namespace Fringe.Core.Phasing;

/// <summary>Random amplitudes and phases inside the method's first support.</summary>
/// <param name="seed">Of the numbers.</param>
public sealed class RandomStart(int seed) : Start($"random {seed}")
{
    /// <summary>Of the numbers.</summary>
    public int Seed { get; } = seed;
}
