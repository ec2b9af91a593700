using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>An object and where it may be. Owns its tensors.</summary>
/// <param name="psi">complex64 <c>[z, y, x]</c>, centred, |psi|^2 in photons; taken over.</param>
/// <param name="support">bool <c>[z, y, x]</c>; taken over.</param>
public sealed class CrystalObject(Tensor psi, Tensor support) : IDisposable
{
    /// <summary>complex64 <c>[z, y, x]</c>, centred, |psi|^2 in photons.</summary>
    public Tensor Object { get; } = psi.DetachFromDisposeScope();

    /// <summary>bool <c>[z, y, x]</c>.</summary>
    public Tensor Support { get; } = support.DetachFromDisposeScope();

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
    }
}
