using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>How far an object's far field is from the measured amplitudes.</summary>
public static class AmplitudeMisfits
{
    /// <summary>
    /// <c>chi = sum (c|F| - A)^2 / sum A^2</c> over measured voxels, with <c>A = sqrt(I)</c> and the scale <c>c</c> that makes it
    /// least. 0 = the object explains the pattern, 1 = not at all. It is the square of the usual R_F.
    /// </summary>
    /// <param name="psi">complex <c>[z, y, x]</c>, centred, in the pattern's frame (with its phase ramp); borrowed.</param>
    /// <param name="pattern">Borrowed; masked voxels do not count, free voxels do.</param>
    /// <param name="coherence">Widths of the blur of the intensity (<see cref="PartialCoherence"/>), voxels; null = none.</param>
    /// <returns>chi and the best scale c; chi is 1 and c is 0 for an object without far field.</returns>
    public static (double Chi, double Scale) Chi(
        Tensor psi,
        DiffractionPattern pattern,
        IReadOnlyList<double>? coherence = null
    )
    {
        using var scope = NewDisposeScope();
        Tensor far = ForwardModel.Propagate(psi).abs();
        Tensor seen = coherence is null ? far : PartialCoherence.Blur(far.Squared(), coherence).sqrt();
        return ChiOf(seen, pattern);
    }

    /// <summary>
    /// <c>chi = sum (c|F| - A)^2 / sum A^2</c> over measured voxels, with <c>A = sqrt(I)</c> and the scale <c>c</c> that makes it
    /// least, of a far field that is known.
    /// </summary>
    /// <param name="farField">|F|, blurred where the beam is: float32 <c>[z, y, x]</c>, centred; borrowed.</param>
    /// <param name="pattern">Borrowed; masked voxels do not count, free voxels do.</param>
    /// <returns>chi and the best scale c; chi is 1 and c is 0 without far field.</returns>
    internal static (double Chi, double Scale) ChiOf(Tensor farField, DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        Tensor modulus = farField.Masked(pattern.Mask, 0);
        Tensor amplitude = pattern.Intensity.Masked(pattern.Mask, 0).sqrt();
        double cross = Sum(modulus * amplitude);
        double model = Sum(modulus.Squared());
        if (!(model > 0))
        {
            return (1, 0);
        }

        double scale = cross / model;
        double misfit = Sum((modulus.Times(scale) - amplitude).Squared());
        return (misfit / Sum(amplitude.Squared()), scale);
    }

    private static double Sum(Tensor values) => values.sum(ScalarType.Float64).item<double>();
}
