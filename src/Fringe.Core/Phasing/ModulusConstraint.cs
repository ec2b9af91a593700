using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// The measured modulus as a projection (Fienup, Appl. Opt. 21, 2758 (1982)): <c>F -> A F/|F|</c> in constrained voxels,
/// <c>F</c> unchanged in voxels that were not measured or are held out, which therefore float. Owns its tensor.
/// </summary>
internal sealed class ModulusConstraint : IDisposable
{
    // float32 [z, y, x] in FFT order: the amplitude A, or Floating.
    private const float Floating = -1;
    private readonly Tensor amplitude;
    private readonly double power;

    /// <param name="pattern">Borrowed.</param>
    /// <param name="free">bool <c>[z, y, x]</c>, centred: measured voxels kept out of the constraint; borrowed; null = none.</param>
    /// <param name="device">Where the iterations run.</param>
    public ModulusConstraint(DiffractionPattern pattern, Tensor? free, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor floating = free is null ? pattern.Mask : pattern.Mask.logical_or(free);
        Tensor root = pattern.Intensity.sqrt().Masked(floating, Floating);
        amplitude = ForwardModel.ToFftOrder(root).contiguous().to(device).DetachFromDisposeScope();
        power = pattern.Intensity.Masked(floating, 0).sum(ScalarType.Float64).item<double>();
    }

    /// <summary>sum A^2 over constrained voxels, photons.</summary>
    public double Power => power;

    /// <summary>float32 <c>[z, y, x]</c> in FFT order: the amplitude A, or a negative number in voxels that float.</summary>
    internal Tensor Amplitude => amplitude;

    /// <summary><c>P_M x</c>, and how far <c>x</c> was from it.</summary>
    /// <param name="iterate">complex64, centred, borrowed. Being centred only multiplies F by unit phases, which the
    /// projection keeps, so no shift is needed.</param>
    /// <param name="box">
    /// Around all that is not 0 of x, where alone <c>P_M x</c> is wanted: it is 0 beyond; null = everywhere.
    /// </param>
    /// <param name="deblurring">Of a partly coherent beam: the amplitudes are those that a coherent one would have shown; null = coherent.</param>
    public ModulusProjection Project(Tensor iterate, SupportBox? box = null, Deblurring? deblurring = null)
    {
        using var scope = NewDisposeScope();
        Tensor field = box?.Transform(iterate) ?? fft.fftn(iterate, norm: FFTNormType.Ortho);
        (Tensor target, double aim) = deblurring?.TargetAt(field, amplitude) ?? (amplitude, power);
        (double cross, double model) = ModulusKernel.Impose(field, target);
        // A model that is no number must stay one, so that the iterations end.
        double chi = model == 0 ? 1 : 1 - (cross * cross / (model * aim));
        Tensor projected = box?.TransformBack(field) ?? fft.ifftn(field, norm: FFTNormType.Ortho);
        double misfit = model - (2 * cross) + aim;
        return new ModulusProjection(projected.MoveToOuterDisposeScope(), chi, misfit);
    }

    public void Dispose() => amplitude.Dispose();
}
