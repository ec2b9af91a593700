using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>A pattern ready to be phased, and what was done to get it. Owns the pattern.</summary>
/// <param name="pattern">Peak at index N/2; taken over.</param>
/// <param name="summary">What was done.</param>
public sealed class PreparedPattern(DiffractionPattern pattern, PreparationSummary summary) : IDisposable
{
    /// <summary>Peak at index N/2.</summary>
    public DiffractionPattern Pattern { get; } = pattern;

    /// <summary>What was done.</summary>
    public PreparationSummary Summary { get; } = summary;

    public void Dispose() => Pattern.Dispose();
}
