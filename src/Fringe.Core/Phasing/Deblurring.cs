using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// What a partly coherent beam does to the amplitudes, as a factor on the measured ones: with the far field F and the blur G, a fully
/// coherent beam would have shown <c>A |F| / sqrt(G * |F|^2)</c> (Clark et al., Nat. Commun. 3, 993 (2012)). The factor changes slowly: it is
/// renewed, and the blur's widths are fitted, every few steps, so that a step costs hardly more than that of a coherent beam. Owns its
/// tensor and the blur.
/// </summary>
internal sealed class Deblurring : IDisposable
{
    private const int RenewEvery = 5;
    private Tensor? factor;
    private Tensor? aimedFor;
    private Tensor? target;
    private double power;
    private int uses;

    /// <param name="coherence">Taken over.</param>
    public Deblurring(PartialCoherence coherence)
    {
        Coherence = coherence;
    }

    /// <summary>The blur.</summary>
    public PartialCoherence Coherence { get; }

    /// <summary>What a coherent beam would have shown, as far as a far field tells; every few times a step of the blur's widths.</summary>
    /// <param name="field">F: complex64 <c>[z, y, x]</c>, FFT order; borrowed.</param>
    /// <param name="amplitude">A: float32, same shape and order, negative where nothing is known; borrowed.</param>
    /// <returns>As the amplitude, belongs to this; and the sum of its squares where something is known.</returns>
    public (Tensor Target, double Power) TargetAt(Tensor field, Tensor amplitude)
    {
        bool isRenewed = factor is null || uses % RenewEvery == 0;
        if (isRenewed)
        {
            Renew(field, amplitude);
        }

        uses++;
        if (isRenewed || !ReferenceEquals(amplitude, aimedFor))
        {
            using var scope = NewDisposeScope();
            target ??= empty_like(amplitude).DetachFromDisposeScope();
            target.copy_(amplitude * factor!);
            power = target.AtLeast(0).Squared().sum(ScalarType.Float64).item<double>();
            aimedFor = amplitude;
        }

        return (target!, power);
    }

    public void Dispose()
    {
        factor?.Dispose();
        target?.Dispose();
        Coherence.Dispose();
    }

    private void Renew(Tensor field, Tensor amplitude)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor sharp = field.real.Squared().Plus(field.imag.Squared());
        Tensor known = amplitude.IsAtLeast(0);
        Tensor modelled = sharp;
        Coherence.BlurFused(
            sharp,
            blurred =>
            {
                modelled = PartialCoherence.ModulusOf(blurred);
                // d/dI of (sqrt(I) - A)^2.
                return known * (amplitude / modelled).OneMinus();
            }
        );
        Coherence.Fit();
        factor ??= empty_like(sharp).DetachFromDisposeScope();
        factor.copy_(sharp.sqrt() / modelled);
    }
}
