using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging.Network;

/// <summary>The network, loaded beside other work from the moment it may be wanted, and kept. Owns it.</summary>
/// <param name="weightsPath">Its weights; null = those that ship.</param>
/// <param name="device">Where it predicts.</param>
internal sealed class WarmNetwork(string? weightsPath, Device device) : IDisposable
{
    private Task<(Predictor Predictor, IReadOnlyDictionary<string, string> About)>? loading;

    /// <summary>What the weights say of themselves.</summary>
    public IReadOnlyDictionary<string, string> About => Loaded.About;

    private (Predictor Predictor, IReadOnlyDictionary<string, string> About) Loaded
    {
        get
        {
            Begin();
            return loading!.GetAwaiter().GetResult();
        }
    }

    /// <summary>Starts loading; does not wait.</summary>
    public void Begin() =>
        loading ??= Task.Run(() =>
        {
            (PhasingNetwork network, IReadOnlyDictionary<string, string> about) = ShippedNetwork.Load(weightsPath);
            return (new Predictor(network, device: device), about);
        });

    /// <summary>The network, as soon as it is there. Not for several threads at a time.</summary>
    /// <exception cref="Core.InputException">Its weights are missing, damaged or not Fringe's.</exception>
    public Predictor Get() => Loaded.Predictor;

    public void Dispose()
    {
        if (loading is null)
        {
            return;
        }

        // A process that ends while native code still loads crashes.
        Task.WaitAny(loading);
        if (loading.IsCompletedSuccessfully)
        {
            loading.Result.Predictor.Dispose();
        }
    }
}
