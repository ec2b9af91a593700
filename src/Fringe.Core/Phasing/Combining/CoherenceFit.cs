namespace Fringe.Core.Phasing.Combining;

/// <summary>Whether a beam is taken for partly coherent.</summary>
public enum CoherenceFit
{
    /// <summary>
    /// From the first step where photon noise is negligible; else where photon noise does not explain what is left of the misfit, and kept
    /// where it explains the free voxels better.
    /// </summary>
    WhereItPays,

    /// <summary>Never: fully coherent.</summary>
    Never,

    /// <summary>From the first step.</summary>
    Always,
}
