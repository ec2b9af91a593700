namespace Fringe.App.Prediction;

/// <summary>
/// When not to trust a prediction: its passes disagree, or it does not explain the pattern. The limits come from the test crystals
/// (docs/results/network.md).
/// </summary>
internal static class TrustLimits
{
    /// <summary>Largest mean real-space error between passes.</summary>
    public const double Spread = 0.1;

    /// <summary>Largest chi on the network's grid.</summary>
    public const double Chi = 0.02;

    /// <summary>Why a prediction should not be trusted; null when nothing speaks against it.</summary>
    public static string? Doubt(double spread, double chi) =>
        !(spread <= Spread) ? "the passes over the mirrored pattern disagree"
        : !(chi <= Chi) ? "the object does not explain the pattern"
        : null;
}
