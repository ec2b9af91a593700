namespace Fringe.Imaging.Figures;

/// <summary>Which way a figure is better.</summary>
public enum Better
{
    /// <summary>Neither: it describes.</summary>
    Neither,

    /// <summary>The lower, the better.</summary>
    Lower,

    /// <summary>The higher, the better.</summary>
    Higher,
}
