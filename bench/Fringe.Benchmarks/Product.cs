using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>What the product makes of prepared patterns, without the uncertainty, which the tables of objects do not show.</summary>
internal static class Product
{
    /// <summary>Phases a pattern.</summary>
    /// <param name="imager">Borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="method">Valid.</param>
    public static ImagingResult Phase(Imager imager, DiffractionPattern pattern, ImagingMethod method) =>
        imager.Image(pattern, new ImagingOptions { Method = method, Replicas = 0 });

    /// <summary>The network's prediction alone.</summary>
    /// <param name="imager">Borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <returns>complex64 of the pattern's shape, centred, any scale; belongs to the caller.</returns>
    public static Tensor Predict(Imager imager, DiffractionPattern pattern) =>
        imager.Compute(() =>
        {
            using NetworkStart start = imager.Network.Get().Start(pattern);
            return start.Objects[0].clone();
        });

    /// <summary>
    /// The object with the phase ramp that canonical form took out of it: its far field lies on the measured pattern again, as chi and
    /// resampling need it. The alignment in <see cref="RealSpaceError"/> ends nearer to its best from there than from the canonical object.
    /// </summary>
    /// <param name="result">Of a pattern.</param>
    /// <returns>complex64 of the pattern's shape, centred, |psi|^2 in photons; belongs to the caller.</returns>
    public static Tensor ObjectOnPattern(ImagingResult result)
    {
        using Tensor canonical = result.Crystal.Object.ToTensor();
        return TrivialTransforms.Modulate(canonical, [.. result.Ramp]);
    }
}
