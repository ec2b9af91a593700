using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// What photon noise alone leaves of the <see cref="FreeLogLikelihood"/>: its expectation when the photons follow the prediction. Half a
/// unit a voxel where there are many photons, less where there are few.
/// </summary>
public static class PhotonNoise
{
    /// <summary>
    /// The largest free misfit over this noise that an object explains well. 60 simulated crystals, 1e7 photons
    /// (docs/results/refinement.md): the ratio was 1.46 to 1.88 for objects within 0.02 of the truth, over 1.84 for all that were 0.05 or
    /// more from it. At 1e5 photons it said nothing.
    /// </summary>
    public const double LargestRatio = 1.8;

    /// <summary>
    /// The largest misfit of the voxels with more than one predicted photon, over this noise, that an object explains well
    /// (docs/results/spread.md).
    /// </summary>
    public const double LargestMisfitRatio = 1.2;

    /// <summary>
    /// The <see cref="ChiOf(DiffractionPattern)"/> of so few photons that the few free voxels among them say nothing, and that the photons' noise
    /// hides all that a model may lack.
    /// </summary>
    public const double ChiOfFewPhotons = 0.01;

    private const double Fewest = 1e-4;
    private const double Most = 100;
    private const int Steps = 400;
    private static readonly double[] Table =
    [
        .. Enumerable.Range(0, Steps + 1).Select(i => Expect(Fewest * Math.Pow(Most / Fewest, (double)i / Steps))),
    ];

    /// <summary>
    /// Whether an object is wrong because it leaves more than photon noise would: only where the photons are so few that their noise hides all that a
    /// model may lack, else the model may be to blame.
    /// </summary>
    /// <param name="chi">That the noise leaves: <see cref="ChiOf(DiffractionPattern)"/>.</param>
    /// <param name="misfitRatio">Misfit of the voxels with more than one predicted photon over what the noise leaves of it.</param>
    public static bool IsMissed(double chi, double misfitRatio) =>
        chi > ChiOfFewPhotons && misfitRatio > LargestMisfitRatio;

    /// <summary>
    /// The <see cref="AmplitudeMisfits.Chi"/> that photon noise leaves of a perfect object, about: a quarter, the variance of a root of many photons, for
    /// each voxel that counted any, over the photons.
    /// </summary>
    /// <param name="pattern">Borrowed.</param>
    public static double ChiOf(DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        return ChiOf(pattern.Intensity.Masked(pattern.Mask, 0)).item<double>();
    }

    /// <summary>
    /// The <see cref="AmplitudeMisfits.Chi"/> that photon noise leaves of a perfect object, about, for each pattern of a batch: a quarter for each voxel that
    /// counted any photons, over the photons.
    /// </summary>
    /// <param name="intensity"><c>[..., z, y, x]</c>, photons, 0 where it was not measured; borrowed.</param>
    /// <returns>float64 <c>[..., 1, 1, 1]</c>; 0 for a pattern without photons. Belongs to the caller.</returns>
    public static Tensor ChiOf(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        long[] axes = [-3, -2, -1];
        Tensor counted = intensity.IsAbove(0).sum(axes, keepdim: true).to(ScalarType.Float64);
        Tensor photons = intensity.sum(axes, keepdim: true, type: ScalarType.Float64);
        return counted.Times(0.25).div(photons.AtLeast(1e-30)).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over the free voxels.</summary>
    /// <param name="psi">complex <c>[z, y, x]</c>, centred, in the pattern's frame; borrowed.</param>
    /// <param name="held">bool: the free voxels; borrowed.</param>
    /// <param name="scale">c, from <see cref="AmplitudeMisfits.Chi"/>.</param>
    /// <param name="coherence">Widths of the blur of the intensity, voxels; null = none.</param>
    /// <returns>NaN when there are no free voxels.</returns>
    public static double Of(Tensor psi, Tensor held, double scale, IReadOnlyList<double>? coherence = null)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = PartialCoherence.Blur(ForwardModel.Propagate(psi).abs().Times(scale).Squared(), coherence);
        return MeanOf(intensity.masked_select(held));
    }

    /// <summary>The mean over voxels whose expected photons are known.</summary>
    /// <param name="predicted">Photons; borrowed.</param>
    /// <returns>NaN when there are no voxels.</returns>
    internal static double MeanOf(Tensor predicted)
    {
        using Tensor exact = predicted.to(ScalarType.Float64, copy: true);
        double[] photons = exact.data<double>().ToArray();
        return photons.Length == 0 ? double.NaN : photons.Average(Of);
    }

    /// <summary>The same of one voxel.</summary>
    /// <param name="photons">Expected.</param>
    internal static double Of(double photons)
    {
        if (photons >= Most)
        {
            return 0.5 + (1 / (12 * photons));
        }

        double place = Steps * Math.Log(Math.Max(photons, Fewest) / Fewest) / Math.Log(Most / Fewest);
        int below = Math.Min((int)place, Steps - 1);
        return Table[below] + ((place - below) * (Table[below + 1] - Table[below]));
    }

    // The sum over Poisson's distribution of n photons, m expected, with the least prediction of the likelihood.
    private static double Expect(double m)
    {
        double predicted = Math.Max(m, FreeLogLikelihood.LeastPhotons);
        double chance = Math.Exp(-m);
        double sum = 0;
        int last = (int)(m + (12 * Math.Sqrt(m)) + 20);
        for (int n = 0; n <= last; n++)
        {
            double excess = n == 0 ? 0 : n * Math.Log(n / predicted);
            sum += chance * (predicted - n + excess);
            chance *= m / (n + 1);
        }

        return sum;
    }
}
