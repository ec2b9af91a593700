using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>What a network makes of a pattern. Owns its tensors.</summary>
public sealed class PredictedObject : IDisposable
{
    internal PredictedObject(Tensor psi, Tensor support, Tensor uncertainty, double spread, double chi, double noise)
    {
        Object = psi.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
        Uncertainty = uncertainty.DetachFromDisposeScope();
        Spread = spread;
        Chi = chi;
        Noise = noise;
    }

    /// <summary>complex64 <c>[32, 32, 32]</c>, centred, in the pattern's frame; 0 outside the support.</summary>
    public Tensor Object { get; }

    /// <summary>bool, same shape.</summary>
    public Tensor Support { get; }

    /// <summary>
    /// float32, same shape: standard deviation of the object over the passes, over the object's largest amplitude.
    /// </summary>
    public Tensor Uncertainty { get; }

    /// <summary>
    /// Mean real-space error between the passes, which see the same pattern mirrored: 0 = they agree; NaN for a single pass.
    /// </summary>
    public double Spread { get; }

    /// <summary>chi of the object on the network's grid.</summary>
    public double Chi { get; }

    /// <summary>The chi that photon noise alone leaves on that grid, about.</summary>
    public double Noise { get; }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
        Uncertainty.Dispose();
    }
}
