namespace Fringe.Imaging;

/// <summary>A long stage of a run.</summary>
public enum ImagingStage
{
    /// <summary>From the pattern to the object.</summary>
    Phase,

    /// <summary>From the object to its uncertainty.</summary>
    Uncertainty,

    /// <summary>Of a comparison: iterations alone.</summary>
    Iterate,

    /// <summary>Of a comparison: from the network's prediction, with refinement.</summary>
    Refine,
}
