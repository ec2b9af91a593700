namespace Fringe.Core.Refinement;

/// <summary>Whether a beam is taken for partly coherent.</summary>
public enum CoherenceFit
{
    /// <summary>
    /// Where photon noise does not explain what is left of the misfit; the blur is kept where it explains the free voxels better.
    /// </summary>
    WhereItPays,

    /// <summary>Never: fully coherent.</summary>
    Never,

    /// <summary>Always.</summary>
    Always,
}
