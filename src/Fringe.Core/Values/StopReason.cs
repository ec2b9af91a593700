namespace Fringe.Core.Values;

/// <summary>Why an iteration ended. A numerical stop is a result, not an exception.</summary>
public enum StopReason
{
    /// <summary>All iterations of the recipe ran.</summary>
    MaxIterations,

    /// <summary>A stopping rule was met.</summary>
    Converged,

    /// <summary>The misfit grew without bound.</summary>
    Diverged,

    /// <summary>A value that is no number appeared; the object is not usable.</summary>
    NonFinite,
}
