using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Preparation;

namespace Fringe.Imaging.Trust;

/// <summary>How far a result can be trusted.</summary>
internal enum Trust
{
    Good,
    Doubtful,
    Failed,
}

/// <summary>
/// What the figures of a run say of its result, in words. The limits come from simulated crystals whose objects are known
/// (docs/results/verdict.md).
/// </summary>
/// <param name="Trust">The verdict.</param>
/// <param name="Reasons">Why, one clause each.</param>
internal sealed record Verdict(Trust Trust, IReadOnlyList<string> Reasons)
{
    /// <summary>Oversampling ratio below which an object is not unique.</summary>
    public const double LeastOversampling = 2;

    /// <summary>Correlation below which two starts are different objects.</summary>
    public const double Differing = 0.8;

    private const double MostMasked = 0.45;
    private const double MostHidden = 0.5;
    private const double Agreeing = 0.98;

    // Free misfit over photon noise, where chi is not small either: very many photons let a good object miss their noise by far.
    private const double MostRatio = 3;
    private const double LittleMisfit = 0.005;

    // The chi of photon noise from which on what a crystal looks like in detail is noise.
    private const double MostNoise = 0.04;
    private const double FailedMisfit = 0.3;

    /// <summary>The verdict as it is printed: good, doubtful or failed.</summary>
    public string Word => Trust.ToString().ToLowerInvariant();

    /// <param name="result">Borrowed.</param>
    /// <param name="prepared">What it was made from; borrowed.</param>
    /// <param name="hiddenFraction">The share of its photons that fall where nothing was measured.</param>
    public static Verdict Of(PhasingResult result, PreparedPattern prepared, double hiddenFraction)
    {
        double noise = PhotonNoise.ChiOf(prepared.Pattern);
        double[] agreements = [.. result.Starts.Skip(1).Select(start => start.Agreement).Where(double.IsFinite)];
        bool agrees = agreements.Length > 0 && agreements.Max() >= Agreeing;
        List<string> failures = [];
        if (result.Chi > FailedMisfit)
        {
            failures.Add($"the object does not explain the pattern (chi {result.Chi:G3})");
        }

        if (agreements.Length > 0 && agreements.Max() < Differing && !result.ReachesNoise)
        {
            failures.Add($"no two starts agree (correlation {agreements.Max():F2})");
        }

        if (failures.Count > 0)
        {
            return new(Trust.Failed, failures);
        }

        List<string> doubts = [];
        double ratio = prepared.Summary.OversamplingRatio.Min();
        if (ratio < LeastOversampling)
        {
            doubts.Add(
                $"the pattern is sampled too coarsely (oversampling ratio {ratio:F2}, under {LeastOversampling})"
            );
        }

        if (prepared.Summary.MaskedFraction > MostMasked)
        {
            doubts.Add($"{prepared.Summary.MaskedFraction:P0} of the volume was not measured");
        }

        if (hiddenFraction > MostHidden)
        {
            doubts.Add($"{hiddenFraction:P0} of the object's photons fall where nothing was measured");
        }

        if (noise > MostNoise)
        {
            doubts.Add($"there are few photons (their noise alone leaves a chi of {noise:G2})");
        }

        if (!result.ReachesNoise && !agrees)
        {
            doubts.Add(
                agreements.Length == 0 && double.IsNaN(result.NoiseRatio)
                    ? "no voxels were held back to tell whether photon noise explains the misfit, and no other start confirms the object"
                : agreements.Length == 0
                    ? "photon noise does not explain the misfit, and no other start confirms the object"
                : $"photon noise does not explain the misfit, and the starts differ (correlation {agreements.Max():F2})"
            );
        }

        if (result.NoiseRatio > MostRatio && result.Chi > LittleMisfit)
        {
            doubts.Add(
                $"something in the pattern is not the crystal's (free misfit {result.NoiseRatio:F1} times photon noise, chi {result.Chi:G2}): "
                    + "look for a gap, a neighbour or pixels that should be masked"
            );
        }

        return doubts.Count > 0
            ? new(Trust.Doubtful, doubts)
            : new(
                Trust.Good,
                [
                    result.ReachesNoise
                        ? "what is left of the misfit is photon noise"
                        : $"two starts agree (correlation {agreements.Max():F3})",
                ]
            );
    }
}
