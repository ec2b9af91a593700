namespace Fringe.Imaging;

/// <summary>How far a measurement that grows has been understood.</summary>
public enum SessionStage
{
    /// <summary>No photons yet, or too few frames for a pattern.</summary>
    Waiting,

    /// <summary>There is an object, and time would make it better.</summary>
    Improving,

    /// <summary>Only further frames would make the object better.</summary>
    Settled,
}
