namespace Fringe.App.Phasing;

/// <summary>Ways from a pattern to an object.</summary>
internal enum PhaseMethod
{
    /// <summary>A short run of iterative phasing, then refinement through the differentiable model.</summary>
    Refine,

    /// <summary>Iterative phasing alone.</summary>
    Iterative,
}
