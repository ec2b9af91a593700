using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// The measurement as a function of the object: its misfit and gradient. The gradient of a misfit E with respect to (re, im) is given as the
/// object <c>T</c> it points at, <c>grad E = 2 (x - T)</c>: for the amplitude misfit T is the modulus projection of x, which costs
/// two transforms and one pass; for any other model autodiff finds it. Owns its tensors.
/// </summary>
internal sealed class RefinementModel : IDisposable
{
    private readonly Misfit misfit;
    private readonly ModulusConstraint modulus;
    private readonly Tensor amplitude;
    private readonly Tensor measured;

    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool, centred: measured voxels that do not count; borrowed.</param>
    /// <param name="misfit">What is minimised.</param>
    /// <param name="device">Where to compute.</param>
    public RefinementModel(DiffractionPattern pattern, Tensor held, Misfit misfit, Device device)
    {
        using var scope = NewDisposeScope();
        this.misfit = misfit;
        modulus = new ModulusConstraint(pattern, held, device);
        Tensor floating = pattern.Mask.logical_or(held);
        Tensor root = pattern.Intensity.Masked(floating, 0).sqrt();
        // Being centred only multiplies F by unit phases, so the pattern moves to FFT order and the object need not.
        amplitude = ForwardModel.ToFftOrder(root).contiguous().to(device).DetachFromDisposeScope();
        Tensor counts = floating.logical_not().to(ScalarType.Float32);
        measured = ForwardModel.ToFftOrder(counts).contiguous().to(device).DetachFromDisposeScope();
    }

    /// <summary>Photons in the voxels that count.</summary>
    public double Power => modulus.Power;

    /// <summary>Misfit, chi and gradient of an object.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="box">Around all that is not 0 of the object; T is right within it.</param>
    /// <param name="deblurring">
    /// Of a partly coherent beam; null where there is none. With the amplitude misfit T is the modulus projection to what a coherent beam
    /// would have shown, and misfit and chi are the distance to that; with any other, the model itself is blurred.
    /// </param>
    /// <returns>T belongs to the caller.</returns>
    public (Tensor Toward, double Misfit, double Chi) Evaluate(Tensor psi, SupportBox box, Deblurring? deblurring)
    {
        if (misfit is not AmplitudeMisfit)
        {
            return EvaluateByAutodiff(psi, deblurring?.Coherence);
        }

        ModulusProjection projection = modulus.Project(psi, box, deblurring);
        return (projection.Projected, projection.Misfit, projection.Chi);
    }

    /// <summary>By autodiff, for any misfit and model. The gradient of the blur's widths is left in their tensor.</summary>
    internal (Tensor Toward, double Misfit, double Chi) EvaluateByAutodiff(Tensor psi, PartialCoherence? coherence)
    {
        using var scope = NewDisposeScope();
        Tensor variable = psi.detach().clone().requires_grad_(true);
        Tensor modelled = Modulus(variable, coherence);
        Tensor loss = misfit.Evaluate(modelled, amplitude, measured);
        loss.backward();
        Tensor toward = psi - variable.grad!.Over(2);
        return (toward.MoveToOuterDisposeScope(), loss.item<float>(), ChiOf(modelled.detach()));
    }

    /// <summary>The misfit alone, as a differentiable scalar.</summary>
    public Tensor MisfitOf(Tensor psi, PartialCoherence? coherence)
    {
        using var scope = NewDisposeScope();
        return misfit.Evaluate(Modulus(psi, coherence), amplitude, measured).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        modulus.Dispose();
        amplitude.Dispose();
        measured.Dispose();
    }

    private static Tensor Modulus(Tensor psi, PartialCoherence? coherence)
    {
        Tensor field = fft.fftn(psi, norm: FFTNormType.Ortho);
        // abs() has the gradient 0 at 0; the root of a square would give NaN.
        return coherence is null ? field.abs() : PartialCoherence.ModulusOf(coherence.Blur(field.abs().Squared()));
    }

    private double ChiOf(Tensor modelled)
    {
        Tensor known = modelled * measured;
        double cross = (known * amplitude).sum(ScalarType.Float64).item<double>();
        double model = known.Squared().sum(ScalarType.Float64).item<double>();
        return model == 0 ? 1 : 1 - (cross * cross / (model * Power));
    }
}
