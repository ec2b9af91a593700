namespace Fringe.Learning.Networks;

/// <summary>Shape of a <see cref="FringeNetwork"/>.</summary>
public sealed record FringeOptions
{
    /// <summary>
    /// How many of <see cref="PatternInput.Features"/> the guess sees, the first ones: 2 = the pattern, 4 = its autocorrelation too.
    /// </summary>
    public int Inputs { get; init; } = PatternInput.Channels;

    /// <summary>The first guess, from the pattern alone.</summary>
    public UNetWidths Guess { get; init; } = new(32, 96, 128, 1, 1);

    /// <summary>The correction, applied several times, from the object before and what the pattern makes of it.</summary>
    public UNetWidths Correction { get; init; } = new(32, 64, 96, 0, 1);

    /// <summary>How often the correction is applied.</summary>
    public int Corrections { get; init; } = 2;

    /// <summary>Hybrid input-output steps before each correction.</summary>
    public int Projections { get; init; } = 6;
}
