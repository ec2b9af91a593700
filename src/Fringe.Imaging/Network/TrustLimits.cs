namespace Fringe.Imaging.Network;

/// <summary>
/// When not to trust a prediction: its passes disagree, or it does not explain the pattern. The limits were set on one set of crystals and held against another
/// (docs/results/network.md).
/// </summary>
internal static class TrustLimits
{
    /// <summary>Largest mean real-space error between passes.</summary>
    public const double Spread = 0.1;

    /// <summary>Largest chi on the network's grid, in a pattern of very many photons.</summary>
    public const double Chi = 0.006;

    /// <summary>How much more it may be, in units of the chi that photon noise alone leaves.</summary>
    public const double ChiOverNoise = 4;

    /// <summary>Why a prediction should not be trusted; null when nothing speaks against it.</summary>
    public static string? Doubt(Learning.Prediction.Prediction found) => Doubt(found.Spread, found.Chi, found.Noise);

    /// <inheritdoc cref="Doubt(Learning.Prediction.Prediction)"/>
    public static string? Doubt(double spread, double chi, double noise) =>
        !(spread <= Spread) ? "the passes over the mirrored pattern disagree"
        : !(chi <= Chi + (ChiOverNoise * noise)) ? "the object does not explain the pattern"
        : null;
}
