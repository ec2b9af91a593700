namespace Fringe.Imaging;

/// <summary>Where a run stands, told after every step of its long stages.</summary>
public readonly record struct ImagingUpdate
{
    /// <summary>Which of them.</summary>
    public required ImagingStage Stage { get; init; }

    /// <summary>Number of the start or replica, from 1; several may run side by side.</summary>
    public required int Start { get; init; }

    /// <summary>How many there are.</summary>
    public required int Starts { get; init; }

    /// <summary>Steps done in this start.</summary>
    public required int Step { get; init; }

    /// <summary>The most steps of one start.</summary>
    public required int Steps { get; init; }

    /// <summary>Name of the algorithm that ran.</summary>
    public required string Algorithm { get; init; }

    /// <summary>chi of the object before the step over the voxels that counted.</summary>
    public required double Chi { get; init; }
}
