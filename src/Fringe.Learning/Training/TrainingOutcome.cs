namespace Fringe.Learning.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingStop
{
    /// <summary>All epochs were done.</summary>
    Finished,

    /// <summary>The loss was no number.</summary>
    NonFinite,

    /// <summary>The network's output was empty.</summary>
    DeadOutput,

    /// <summary>The validation's loss rose far above its best for several epochs.</summary>
    Diverged,
}

/// <summary>How a training ended.</summary>
/// <param name="Stop">Why.</param>
/// <param name="Step">Steps done.</param>
/// <param name="History">One record an epoch of this run.</param>
public sealed record TrainingOutcome(TrainingStop Stop, long Step, IReadOnlyList<EpochRecord> History);
