using Fringe.Core.Volumes;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.App.Prediction;

/// <summary>A prediction as the start of phasing. Owns its tensor.</summary>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred, on the pattern's grid, any scale.</param>
/// <param name="Judgement">What it is worth.</param>
internal sealed record NetworkStart(Tensor Object, NetworkJudgement Judgement) : IDisposable
{
    /// <summary>Predicts with the network that ships.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <exception cref="Core.InputException">The pattern is smaller than the network's grid.</exception>
    public static NetworkStart Of(DiffractionPattern pattern)
    {
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        return Of(pattern, predictor);
    }

    /// <summary>Predicts with a network that is loaded.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="predictor">Borrowed.</param>
    /// <inheritdoc cref="Of(DiffractionPattern)"/>
    public static NetworkStart Of(DiffractionPattern pattern, Predictor predictor)
    {
        using NetworkInput input = NetworkInput.Of(pattern);
        using Learning.Prediction.Prediction found = predictor.PredictWithSpread(input);
        NetworkJudgement judgement = new(found.Spread, found.Chi, TrustLimits.Doubt(found));
        return new NetworkStart(input.ToPatternGrid(found.Object), judgement);
    }

    public void Dispose() => Object.Dispose();
}
