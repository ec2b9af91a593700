using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Preparation;

namespace Fringe.Imaging.Trust;

/// <summary>How far a result can be trusted.</summary>
public enum Trust
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
public sealed record Verdict(Trust Trust, IReadOnlyList<string> Reasons)
{
    /// <summary>Measured voxels over those of the object below which an object is not unique.</summary>
    public const double LeastOversampling = 2;

    /// <summary>
    /// What must be left of the interference between the crystal's ends: with less the photons no longer tell an object from a mixture with its twin
    /// (docs/results/hard.md).
    /// </summary>
    public const double LeastCoherence = 0.05;

    /// <summary>Correlation below which two starts are different objects.</summary>
    public const double Differing = 0.8;

    private const string OnlyNoise = "what is left of the misfit is photon noise";
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
    public string Word =>
        Trust switch
        {
            Trust.Good => "good",
            Trust.Doubtful => "doubtful",
            Trust.Failed => "failed",
            _ => throw new InvalidOperationException($"no word for {Trust}"),
        };

    /// <param name="fit">How well the object explains its pattern.</param>
    /// <param name="starts">Best first.</param>
    /// <param name="prepared">Of the pattern.</param>
    public static Verdict Of(PatternFit fit, IReadOnlyList<StartOutcome> starts, PreparationSummary prepared)
    {
        double[] agreements = AgreementsOf(starts.Skip(1));
        // What misled the best start may have misled another of the same origin.
        double[] independent = AgreementsOf(starts.Skip(1).Where(start => start.Origin != starts[0].Origin));
        List<string> failures = [];
        if (fit.Chi > FailedMisfit)
        {
            failures.Add($"the object does not explain the pattern (chi {fit.Chi:G3})");
        }

        if (agreements.Length > 0 && agreements.Max() < Differing && !fit.ReachesNoise)
        {
            failures.Add($"no two starts agree (correlation {agreements.Max():F2})");
        }
        else if (independent.Length > 0 && independent.Max() < Differing && !fit.ReachesNoise)
        {
            failures.Add($"no independent start agrees with the best (correlation {independent.Max():F2})");
        }

        if (failures.Count > 0)
        {
            return new(Trust.Failed, failures);
        }

        List<string> doubts = [];
        if (fit.VolumeOversampling < LeastOversampling)
        {
            doubts.Add(
                $"the pattern is sampled too coarsely ({fit.VolumeOversampling:F2} measured voxels for one of the object, under {LeastOversampling})"
            );
        }

        if (fit.EndToEndCoherence < LeastCoherence)
        {
            doubts.Add(
                $"the beam is coherent over much less than the crystal (between its ends {fit.EndToEndCoherence:P1} of the interference is left)"
            );
        }

        if (prepared.MaskedFraction > MostMasked)
        {
            doubts.Add($"{prepared.MaskedFraction:P0} of the volume was not measured");
        }

        if (fit.HiddenFraction > MostHidden)
        {
            doubts.Add($"{fit.HiddenFraction:P0} of the object's photons fall where nothing was measured");
        }

        if (fit.NoiseChi > MostNoise)
        {
            doubts.Add($"there are few photons (their noise alone leaves a chi of {fit.NoiseChi:G2})");
        }

        // Two starts may agree in what is wrong.
        if (PhotonNoise.IsMissed(fit.NoiseChi, fit.MisfitRatio))
        {
            doubts.Add(
                $"the noise of so few photons should explain the misfit, and does not (misfit {fit.MisfitRatio:F2} times photon noise)"
            );
        }
        else if (!fit.ReachesNoise && !(independent.Length > 0 && independent.Max() >= Agreeing))
        {
            doubts.Add(
                independent.Length == 0 && double.IsNaN(fit.NoiseRatio)
                    ? "no voxels were held back to tell whether photon noise explains the misfit, and no independent start confirms the object"
                : independent.Length == 0
                    ? "photon noise does not explain the misfit, and no independent start confirms the object"
                : $"photon noise does not explain the misfit, and independent starts differ (correlation {independent.Max():F2})"
            );
        }

        if (fit.NoiseRatio > MostRatio && fit.Chi > LittleMisfit)
        {
            doubts.Add(
                $"something in the pattern is not the crystal's (free misfit {fit.NoiseRatio:F1} times photon noise, chi {fit.Chi:G2}): "
                    + "look for a gap, a neighbour or pixels that should be masked"
            );
        }

        return doubts.Count > 0
            ? new(Trust.Doubtful, doubts)
            : new(Trust.Good, [fit.ReachesNoise ? $"{OnlyNoise}, {OfStarts(agreements)}" : OfStarts(independent)]);
    }

    private static double[] AgreementsOf(IEnumerable<StartOutcome> starts) =>
        [.. starts.Select(start => start.Agreement).Where(double.IsFinite)];

    // One start says how well it explains the pattern, not whether another would end elsewhere (docs/results/spread.md).
    private static string OfStarts(double[] agreements) =>
        agreements.Length == 0 ? "by one start: details may rest on chance"
        : agreements.Max() >= Agreeing ? $"two starts agree (correlation {agreements.Max():F3})"
        : $"though another start ended elsewhere (correlation {agreements.Max():F3})";
}
