using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>What a network makes of one mirror image of a pattern. Borrows its tensor.</summary>
/// <param name="psi">The object, mirrored back: complex64 <c>[32, 32, 32]</c>, centred, any scale; borrowed.</param>
/// <param name="chi">Of the object on the network's grid.</param>
/// <param name="scale">From the object to photons.</param>
internal sealed class NetworkPass(Tensor psi, double chi, double scale)
{
    /// <summary>The object, mirrored back: complex64 <c>[32, 32, 32]</c>, centred, any scale.</summary>
    public Tensor Object { get; } = psi;

    /// <summary>Of the object on the network's grid.</summary>
    public double Chi { get; } = chi;

    /// <summary>From the object to photons.</summary>
    public double Scale { get; } = scale;
}
