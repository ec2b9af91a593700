using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Learning.Prediction;

namespace Fringe.Imaging.Network;

/// <summary>What the network's prediction of a pattern is worth.</summary>
/// <param name="Spread">How far its passes are apart.</param>
/// <param name="Chi">chi of the best of them on the network's grid.</param>
/// <param name="Doubt">Why it should not be trusted; null when nothing speaks against it.</param>
internal sealed record NetworkJudgement(double Spread, double Chi, string? Doubt)
{
    /// <summary>Judges by passes over the mirrored pattern.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="predictor">Borrowed.</param>
    /// <exception cref="InputException">The pattern is smaller than the network's grid.</exception>
    public static NetworkJudgement Of(DiffractionPattern pattern, Predictor predictor)
    {
        using NetworkInput input = NetworkInput.Of(pattern);
        using Learning.Prediction.Prediction found = predictor.PredictWithSpread(input);
        return new NetworkJudgement(found.Spread, found.Chi, TrustLimits.Doubt(found));
    }
}
