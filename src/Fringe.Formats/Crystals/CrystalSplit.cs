namespace Fringe.Formats.Crystals;

/// <summary>What a crystal, with all examples made of it, is used for.</summary>
public enum CrystalSplit
{
    /// <summary>Learnt from.</summary>
    Train = 0,

    /// <summary>Watched during training: when to stop, which network.</summary>
    Validation = 1,

    /// <summary>Judged by, once.</summary>
    Test = 2,
}
