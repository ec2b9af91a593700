using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// How well an object predicts photons it was not fitted to: the mean Poisson negative log-likelihood of the free voxels,
/// above that of a perfect prediction, <c>mean(m - n + n ln(n/m))</c> with n photons measured and <c>m = (c|F|)^2</c> predicted.
/// Lower is better; 0.5 is what photon noise alone leaves where there are many photons.
/// </summary>
public static class FreeLogLikelihood
{
    /// <summary>The least number of photons predicted for a voxel: keeps a stray photon from being infinitely unlikely.</summary>
    public const double LeastPhotons = 0.05;

    /// <param name="psi">complex <c>[z, y, x]</c>, centred, in the pattern's frame; borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool: the free voxels; borrowed.</param>
    /// <param name="scale">c, from <see cref="AmplitudeMisfits.Chi"/>.</param>
    /// <returns>NaN when there are no free voxels.</returns>
    public static double Of(Tensor psi, DiffractionPattern pattern, Tensor held, double scale)
    {
        using var scope = NewDisposeScope();
        Tensor photons = pattern.Intensity.masked_select(held);
        Tensor modulus = ForwardModel.Propagate(psi).abs().masked_select(held).to(ScalarType.Float64);
        return Of(modulus.Times(scale).Squared(), photons);
    }

    /// <summary>The same of photons predicted and counted in the free voxels.</summary>
    /// <param name="predicted">One value a free voxel; borrowed.</param>
    /// <param name="counted">Same shape; borrowed.</param>
    internal static double Of(Tensor predicted, Tensor counted)
    {
        using var scope = NewDisposeScope();
        Tensor photons = counted.to(ScalarType.Float64);
        Tensor model = predicted.to(ScalarType.Float64).AtLeast(LeastPhotons);
        Tensor ratio = photons.AtLeast(1e-30) / model; // n ln n is 0 at n = 0
        Tensor deviance = (model - photons).Plus(photons * ratio.log());
        return photons.numel() == 0 ? double.NaN : deviance.mean().item<double>();
    }
}
