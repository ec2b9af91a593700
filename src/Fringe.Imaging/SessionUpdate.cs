using Fringe.Imaging.Trust;

namespace Fringe.Imaging;

/// <summary>A measurement that grows, as it stands: managed data, which belongs to the caller.</summary>
/// <param name="Frames">Measured so far.</param>
/// <param name="Stage">How far it has been understood.</param>
public sealed record SessionUpdate(int Frames, SessionStage Stage)
{
    /// <summary>The object, of the same twin and in the same place as in the update before; null while there is none.</summary>
    public CrystalView? Crystal { get; init; }

    /// <summary>
    /// How well it explains what was measured; its free voxels are those to which no object of the session was ever fitted. null while there is
    /// no object.
    /// </summary>
    public PatternFit? Fit { get; init; }

    /// <summary>How far it can be trusted, as long as no other start has confirmed it; null while there is no object.</summary>
    public Verdict? Verdict { get; init; }
}
