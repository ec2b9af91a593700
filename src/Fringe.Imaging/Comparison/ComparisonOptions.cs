using Fringe.Core;
using Fringe.Core.Preparation;

namespace Fringe.Imaging.Comparison;

/// <summary>How a comparison is made: plain data.</summary>
public sealed record ComparisonOptions : IOptions
{
    /// <summary>How the stack becomes the pattern that all ways are given.</summary>
    public PreparationOptions Preparation { get; init; } = new();

    /// <summary>Of the random start and of the voxels kept out of the fit.</summary>
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate() =>
        Preparation.Validate().Select(problem => problem.Within(nameof(Preparation)));
}
