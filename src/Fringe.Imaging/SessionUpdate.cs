namespace Fringe.Imaging;

/// <summary>A measurement that grows, as it stands: managed data, which belongs to the caller.</summary>
/// <param name="Frames">Measured so far.</param>
/// <param name="Stage">How far it has been understood.</param>
public sealed record SessionUpdate(int Frames, SessionStage Stage)
{
    /// <summary>The object, of the same twin and in the same place as in the update before; null while there is none.</summary>
    public CrystalView? Crystal { get; init; }

    /// <summary>chi over all measured voxels; NaN while there is no object.</summary>
    public double Chi { get; init; } = double.NaN;

    /// <summary>Mean Poisson misfit of the free voxels, to which no object of the session was ever fitted; NaN while there is no object.</summary>
    public double FreeLogLikelihood { get; init; } = double.NaN;
}
