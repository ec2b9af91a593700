using Fringe.Core.Values;

namespace Fringe.Core.Phasing.Combining;

/// <summary>What became of one start.</summary>
public sealed record StartOutcome
{
    /// <summary>Counted from 1, in the order they ran.</summary>
    public required int Number { get; init; }

    /// <summary>
    /// Where it began: "random 3", "network", "given", "before". Starts of one origin are not independent: what misled one may have misled all.
    /// </summary>
    public required string Origin { get; init; }

    /// <summary>That ran from it.</summary>
    public required PhasingMethod Method { get; init; }

    /// <summary>chi over all measured voxels.</summary>
    public required double Chi { get; init; }

    /// <summary>By which starts are ranked; NaN without free voxels (then chi ranks).</summary>
    public required double FreeLogLikelihood { get; init; }

    /// <summary>Size of its support.</summary>
    public required long SupportVoxels { get; init; }

    /// <summary>Complex correlation with the best start; NaN for a start without finite numbers.</summary>
    public required double Agreement { get; init; }

    /// <summary>Whether it agrees with the best, and entered their mean.</summary>
    public required bool IsKept { get; init; }

    /// <summary>chi of each iteration over constrained voxels.</summary>
    public required IReadOnlyList<double> ChiHistory { get; init; }

    /// <summary>Why it ended.</summary>
    public required StopReason Stop { get; init; }
}
