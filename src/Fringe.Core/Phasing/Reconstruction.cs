using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>An object found from a pattern, in the pattern's own frame. Owns its tensors.</summary>
public sealed class Reconstruction : IDisposable
{
    /// <param name="psi">complex64, centred; taken over.</param>
    /// <param name="support">bool, same shape; taken over.</param>
    /// <param name="chiHistory">One value an iteration.</param>
    /// <param name="freeLogLikelihood">Judged before the free voxels were given back; NaN without free voxels.</param>
    /// <param name="stop">Why the iterations ended.</param>
    public Reconstruction(
        Tensor psi,
        Tensor support,
        IReadOnlyList<double> chiHistory,
        double freeLogLikelihood,
        StopReason stop
    )
    {
        Object = psi.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
        ChiHistory = chiHistory;
        FreeLogLikelihood = freeLogLikelihood;
        Stop = stop;
    }

    /// <summary><c>psi</c>: complex64 <c>[z, y, x]</c>, centred, 0 outside the support; |psi|^2 sums to photons.</summary>
    public Tensor Object { get; }

    /// <summary>bool <c>[z, y, x]</c>, centred.</summary>
    public Tensor Support { get; }

    /// <summary>chi of each iteration's iterate over constrained voxels.</summary>
    public IReadOnlyList<double> ChiHistory { get; }

    /// <summary>How well the object predicted the free voxels while it had not seen them; NaN without free voxels.</summary>
    public double FreeLogLikelihood { get; }

    public StopReason Stop { get; }

    /// <summary>Standard deviations of the fitted blur of the intensity along z, y, x, voxels; null = fully coherent.</summary>
    public IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>This reconstruction with its tensors on the CPU, which it hands over: use it no more.</summary>
    internal Reconstruction ToCpu()
    {
        // There cpu() gives a second tensor of the same memory, which would have to be disposed, too.
        if (Object.device_type == TorchSharp.DeviceType.CPU)
        {
            return this;
        }

        Reconstruction home = new(Object.cpu(), Support.cpu(), ChiHistory, FreeLogLikelihood, Stop)
        {
            CoherenceWidths = CoherenceWidths,
        };
        Dispose();
        return home;
    }

    /// <summary>
    /// This reconstruction with the iterations of an earlier stage before its own; its tensors go over to it: use this one no more.
    /// </summary>
    /// <param name="chiBefore">chi of each iteration of the earlier stage.</param>
    internal Reconstruction After(IReadOnlyList<double> chiBefore) =>
        new(Object, Support, [.. chiBefore, .. ChiHistory], FreeLogLikelihood, Stop)
        {
            CoherenceWidths = CoherenceWidths,
        };

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
    }
}
