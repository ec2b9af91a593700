using Fringe.Core.Volumes;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.App.Prediction;

/// <summary>A prediction as the start of phasing. Owns its tensor.</summary>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred, on the pattern's grid, any scale.</param>
/// <param name="Spread">How far the network's passes are apart.</param>
/// <param name="Chi">chi on the network's grid.</param>
internal sealed record NetworkStart(Tensor Object, double Spread, double Chi) : IDisposable
{
    /// <summary>Why the prediction should not be trusted; null when nothing speaks against it.</summary>
    public string? Doubt => TrustLimits.Doubt(Spread, Chi);

    /// <summary>Predicts with the network that ships.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <exception cref="Core.InputException">The pattern is smaller than the network's grid.</exception>
    public static NetworkStart Of(DiffractionPattern pattern)
    {
        using NetworkInput input = NetworkInput.Of(pattern);
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        using Learning.Prediction.Prediction found = predictor.PredictWithSpread(input);
        return new NetworkStart(input.ToPatternGrid(found.Object), found.Spread, found.Chi);
    }

    public void Dispose() => Object.Dispose();
}
