namespace Fringe.Imaging;

/// <summary>Ways from a pattern to an object.</summary>
internal enum PhaseMethod
{
    /// <summary>
    /// From the network's prediction; where the network is in doubt, or the result neither reaches the photon noise nor agrees with a
    /// random start, from random starts.
    /// </summary>
    Auto,

    /// <summary>From the network's prediction alone: a few iterations, then refinement.</summary>
    Network,

    /// <summary>A short run of iterative phasing, then refinement through the differentiable model.</summary>
    Refine,

    /// <summary>Iterative phasing alone.</summary>
    Iterative,
}
