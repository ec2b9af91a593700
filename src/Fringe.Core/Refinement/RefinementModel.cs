using Fringe.Core.Diffraction;
using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Refinement;

/// <summary>
/// The measurement as a function of the object: its misfit and gradient. The gradient of a misfit E with respect to (re, im) is given as the
/// object <c>T</c> it points at, <c>grad E = 2 (x - T)</c>: for the amplitude misfit T is the modulus projection of x, which costs
/// two transforms and one pass; for any other model autodiff finds it. Owns its tensors.
/// </summary>
internal sealed class RefinementModel : IDisposable
{
    // Under the root of a blurred intensity, photons: the root has no gradient at 0.
    private const double LeastPhotons = 1e-8;
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
    /// <param name="coherence">The detector's blur; null where there is none. Its gradient is left in its tensor.</param>
    /// <returns>T belongs to the caller.</returns>
    public (Tensor Toward, double Misfit, double Chi) Evaluate(Tensor psi, PartialCoherence? coherence)
    {
        if (misfit is AmplitudeMisfit && coherence is null)
        {
            ModulusProjection projection = modulus.Project(psi);
            return (projection.Projected, projection.Misfit, projection.Chi);
        }

        return misfit is AmplitudeMisfit && coherence is not null
            ? EvaluateBlurred(psi, coherence)
            : EvaluateByAutodiff(psi, coherence);
    }

    // M^2 = G * |F|^2, E = sum (M - A)^2: with R = 1 - A / M where it was measured, T is the transform back of F (1 - G * R).
    private (Tensor Toward, double Misfit, double Chi) EvaluateBlurred(Tensor psi, PartialCoherence coherence)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor field = fft.fftn(psi, norm: FFTNormType.Ortho);
        (Tensor intensity, Func<Tensor, Tensor> back) = coherence.BlurFused(field.abs().Squared());
        Tensor modelled = intensity.Plus(LeastPhotons).sqrt();
        Tensor difference = (modelled - amplitude) * measured;
        double loss = difference.Squared().sum().item<float>();
        Tensor sharp = back(difference / modelled);
        Tensor toward = fft.ifftn(field * sharp.OneMinus(), norm: FFTNormType.Ortho);
        return (toward.MoveToOuterDisposeScope(), loss, ChiOf(modelled));
    }

    /// <summary>The same by autodiff, for any misfit and model.</summary>
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
        return coherence is null ? field.abs() : coherence.Blur(field.abs().Squared()).Plus(LeastPhotons).sqrt();
    }

    private double ChiOf(Tensor modelled)
    {
        Tensor known = modelled * measured;
        double cross = (known * amplitude).sum(ScalarType.Float64).item<double>();
        double model = known.Squared().sum(ScalarType.Float64).item<double>();
        return model == 0 ? 1 : 1 - (cross * cross / (model * Power));
    }
}
