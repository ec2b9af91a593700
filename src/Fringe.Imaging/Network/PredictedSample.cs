using Fringe.Core.Metrics;
using Fringe.Core.Preparation;
using Fringe.Core.Tensors;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging.Network;

/// <summary>Everything known of a predicted file before it is written. Owns its parts.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Prepared">The pattern.</param>
/// <param name="Input">What the network saw.</param>
/// <param name="Found">What it made of it.</param>
/// <param name="OnGrid">The object on the pattern's grid, complex64, centred, |psi|^2 in photons.</param>
/// <param name="Chi">chi of <paramref name="OnGrid"/>.</param>
/// <param name="PredictSeconds">Time of a warm prediction, one pass.</param>
internal sealed record PredictedSample(
    string Name,
    PreparedPattern Prepared,
    NetworkInput Input,
    Learning.Prediction.Prediction Found,
    Tensor OnGrid,
    double Chi,
    double PredictSeconds
) : IDisposable
{
    /// <summary>Prepares, predicts and evaluates the object on the pattern's grid.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="prepared">Taken over.</param>
    /// <param name="predictor">Borrowed.</param>
    /// <param name="time">Measures the prediction.</param>
    public static PredictedSample Of(string name, PreparedPattern prepared, Predictor predictor, TimeProvider time)
    {
        using var scope = NewDisposeScope();
        NetworkInput input = NetworkInput.Of(prepared.Pattern);
        // The first pass warms up.
        Learning.Prediction.Prediction found = predictor.PredictWithSpread(input);
        long begin = time.GetTimestamp();
        predictor.Predict(input.Intensity, input.Mask);
        double seconds = time.GetElapsedTime(begin).TotalSeconds;
        Tensor psi = input.ToPatternGrid(found.Object);
        (double chi, double scale) = AmplitudeMisfits.Chi(psi, prepared.Pattern);
        Tensor scaled = psi.Times(scale).DetachFromDisposeScope();
        return new PredictedSample(name, prepared, input, found, scaled, chi, seconds);
    }

    public void Dispose()
    {
        OnGrid.Dispose();
        Found.Dispose();
        Input.Dispose();
        Prepared.Dispose();
    }
}
