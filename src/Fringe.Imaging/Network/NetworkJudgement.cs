using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Learning.Prediction;

namespace Fringe.Imaging.Network;

/// <summary>What the network's prediction of a pattern is worth.</summary>
/// <param name="Spread">How far its passes are apart.</param>
/// <param name="Chi">chi of the best of them on the network's grid.</param>
/// <param name="Doubt">Why it should not be trusted; null when nothing speaks against it.</param>
public sealed record NetworkJudgement(double Spread, double Chi, string? Doubt)
{
    /// <summary>Judges by passes over the mirrored pattern.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="predictor">Borrowed.</param>
    /// <exception cref="InputException">The pattern is smaller than the network's grid.</exception>
    internal static NetworkJudgement Of(DiffractionPattern pattern, Predictor predictor)
    {
        using NetworkInput input = NetworkInput.Of(pattern);
        using Learning.Prediction.Prediction found = predictor.PredictWithSpread(input);
        return Of(found);
    }

    /// <summary>Judges a start by its passes.</summary>
    /// <param name="start">Borrowed.</param>
    internal static NetworkJudgement Of(NetworkStart start)
    {
        using Learning.Prediction.Prediction found = start.Judge();
        return Of(found);
    }

    /// <summary>Judges a prediction.</summary>
    /// <param name="found">Borrowed.</param>
    internal static NetworkJudgement Of(Learning.Prediction.Prediction found) =>
        new(found.Spread, found.Chi, TrustLimits.Doubt(found));
}
