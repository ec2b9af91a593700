using Fringe.Learning.Prediction;

namespace Fringe.Imaging.Network;

/// <summary>
/// The network that ships, loaded beside other work from the moment it may be wanted, and kept for all scans of a run. Owns it.
/// </summary>
internal sealed class WarmNetwork : IDisposable
{
    private Task<Predictor>? loading;

    /// <summary>Starts loading; does not wait.</summary>
    public void Begin() => loading ??= Task.Run(() => new Predictor(ShippedNetwork.Load(null).Network));

    /// <summary>The network, as soon as it is there. Not for several threads at a time.</summary>
    public Predictor Get()
    {
        Begin();
        return loading!.GetAwaiter().GetResult();
    }

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
            loading.Result.Dispose();
        }
    }
}
