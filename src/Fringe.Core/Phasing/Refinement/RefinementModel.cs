using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
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
    private readonly ModulusConstraint modulus;
    private readonly Lazy<Tensor> measured;
    private readonly Lazy<Tensor> amplitude;

    /// <param name="modulus">The measured amplitudes, and which voxels count; borrowed.</param>
    /// <param name="misfit">What is minimised.</param>
    public RefinementModel(ModulusConstraint modulus, Misfit misfit)
    {
        Misfit = misfit;
        this.modulus = modulus;
        // float32, FFT order; being centred only multiplies F by unit phases, so the pattern moves to FFT order and the object need not.
        measured = new(() =>
            modulus.Amplitude.IsAtLeast(0).to(ScalarType.Float32).contiguous().DetachFromDisposeScope()
        );
        amplitude = new(() => (modulus.Amplitude * measured.Value).contiguous().DetachFromDisposeScope());
    }

    /// <summary>What is minimised.</summary>
    public Misfit Misfit { get; }

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
        if (Misfit is not AmplitudeMisfit)
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
        Tensor loss = Misfit.Evaluate(modelled, amplitude.Value, measured.Value);
        loss.backward();
        Tensor toward = psi - variable.grad!.Over(2);
        return (toward.MoveToOuterDisposeScope(), loss.item<float>(), ChiOf(modelled.detach()));
    }

    /// <summary>The misfit alone, as a differentiable scalar.</summary>
    public Tensor MisfitOf(Tensor psi, PartialCoherence? coherence)
    {
        using var scope = NewDisposeScope();
        return Misfit.Evaluate(Modulus(psi, coherence), amplitude.Value, measured.Value).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (Lazy<Tensor> volume in (Lazy<Tensor>[])[measured, amplitude])
        {
            if (volume.IsValueCreated)
            {
                volume.Value.Dispose();
            }
        }
    }

    private static Tensor Modulus(Tensor psi, PartialCoherence? coherence)
    {
        Tensor field = fft.fftn(psi, norm: FFTNormType.Ortho);
        // abs() has the gradient 0 at 0; the root of a square would give NaN.
        return coherence is null ? field.abs() : PartialCoherence.ModulusOf(coherence.Blur(field.abs().Squared()));
    }

    private double ChiOf(Tensor modelled)
    {
        Tensor known = modelled * measured.Value;
        double cross = (known * amplitude.Value).sum(ScalarType.Float64).item<double>();
        double model = known.Squared().sum(ScalarType.Float64).item<double>();
        return model == 0 ? 1 : 1 - (cross * cross / (model * Power));
    }
}
