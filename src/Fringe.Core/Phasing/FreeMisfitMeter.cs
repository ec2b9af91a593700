using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// The free log-likelihood of an object that carries the measurement's own scale: <see cref="FreeLogLikelihood"/> in one transform and one
/// gather, cheap enough to steer by. Owns its tensors.
/// </summary>
internal sealed class FreeMisfitMeter : IDisposable
{
    private readonly Tensor places;
    private readonly Tensor photons;

    /// <param name="pattern">Borrowed.</param>
    /// <param name="free">bool, centred: the free voxels; borrowed.</param>
    /// <param name="device">Where to compute.</param>
    public FreeMisfitMeter(DiffractionPattern pattern, Tensor free, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor flags = ForwardModel.ToFftOrder(free.logical_and(pattern.Mask.logical_not())).flatten();
        places = flags.nonzero().flatten().to(device).DetachFromDisposeScope();
        Tensor counts = ForwardModel.ToFftOrder(pattern.Intensity).flatten().to(device);
        photons = counts.index_select(0, places).DetachFromDisposeScope();
    }

    /// <summary>Whether there is anything to judge by.</summary>
    public bool HasFreeVoxels => places.numel() > 0;

    /// <summary>Mean Poisson deviance of the free voxels; lower is better.</summary>
    public double Measure(Tensor psi, PartialCoherence? coherence)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor field = fft.fftn(psi, norm: FFTNormType.Ortho);
        Tensor intensity = field.real.Squared().Plus(field.imag.Squared());
        Tensor blurred = coherence?.Blur(intensity) ?? intensity;
        return FreeLogLikelihood.Of(blurred.flatten().index_select(0, places), photons);
    }

    public void Dispose()
    {
        places.Dispose();
        photons.Dispose();
    }
}
