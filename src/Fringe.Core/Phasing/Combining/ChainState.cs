namespace Fringe.Core.Phasing.Combining;

/// <summary>Where a <see cref="Chain"/> stands. Owns the states of both its methods.</summary>
/// <param name="first">Taken over.</param>
/// <param name="mostOfSecond">The most steps of the second method, as far as is known before it begins.</param>
internal sealed class ChainState(PhasingState first, int mostOfSecond) : PhasingState
{
    /// <summary>Of the first method.</summary>
    public PhasingState First { get; } = first;

    /// <summary>Of the second method; null before it began.</summary>
    public PhasingState? Second { get; set; }

    /// <summary>Of the start.</summary>
    public required string Origin { get; init; }

    /// <summary>Of the start's blur, voxels; null = not known.</summary>
    public required IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>chi of each step of the first method; empty before the second began.</summary>
    public IReadOnlyList<double> ChiBefore { get; set; } = [];

    /// <inheritdoc/>
    public override int Steps => First.Steps + (Second?.Steps ?? 0);

    /// <inheritdoc/>
    public override int MostSteps => First.MostSteps + (Second?.MostSteps ?? mostOfSecond);

    /// <inheritdoc/>
    public override string Algorithm => (Second ?? First).Algorithm;

    /// <inheritdoc/>
    public override double LastChi => (Second ?? First).LastChi;

    /// <inheritdoc/>
    public override void Dispose()
    {
        First.Dispose();
        Second?.Dispose();
    }
}
