using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>An object and where it may be. Owns its tensors.</summary>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred, |psi|^2 in photons.</param>
/// <param name="Support">bool <c>[z, y, x]</c>.</param>
public sealed record PhasedObject(Tensor Object, Tensor Support) : IDisposable
{
    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
    }
}
