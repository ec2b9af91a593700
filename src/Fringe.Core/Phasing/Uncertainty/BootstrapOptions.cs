namespace Fringe.Core.Phasing.Uncertainty;

/// <summary>How the photon bootstrap is made.</summary>
public sealed record BootstrapOptions : IOptions
{
    /// <summary>The most that can be asked for.</summary>
    public const int MostReplicas = 1000;

    /// <summary>How often the result is found again: the root of a mean of four squares is known to a third, enough to see where an object is uncertain.</summary>
    public int Replicas { get; init; } = 4;

    /// <summary>Of the photons that are drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate() =>
        Replicas is >= 1 and <= MostReplicas ? [] : [new(nameof(Replicas), $"must be 1 to {MostReplicas}")];
}
