namespace Fringe.Imaging.Figures;

/// <summary>How long a stage of the run took.</summary>
/// <param name="Stage">Its name, for people.</param>
/// <param name="Seconds">Wall time.</param>
internal sealed record StageTime(string Stage, double Seconds)
{
    /// <summary>The stage's name in JSON.</summary>
    public string Key => Stage.Replace(' ', '_');
}
