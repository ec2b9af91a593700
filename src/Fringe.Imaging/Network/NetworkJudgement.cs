using Fringe.Imaging.Figures;
using Fringe.Learning.Prediction;

namespace Fringe.Imaging.Network;

/// <summary>
/// What the network's prediction of a pattern is worth. It is not to be trusted where its passes disagree or it does not explain the pattern;
/// the limits were set on one set of crystals and held against another (docs/results/network.md).
/// </summary>
/// <param name="Spread">How far its passes are apart.</param>
/// <param name="Chi">chi of the best of them on the network's grid.</param>
/// <param name="Doubt">Why it should not be trusted; null when nothing speaks against it.</param>
public sealed record NetworkJudgement(double Spread, double Chi, string? Doubt)
{
    /// <summary>Largest mean real-space error between passes.</summary>
    public const double LargestSpread = 0.1;

    /// <summary>Largest chi on the network's grid, in a pattern of very many photons.</summary>
    public const double LargestChi = 0.006;

    /// <summary>How much more it may be, in units of the chi that photon noise alone leaves.</summary>
    public const double ChiOverNoise = 4;

    /// <summary>That in a sentence.</summary>
    public string Sentence
    {
        get
        {
            string figures = $"spread {NumberText.Figure(Spread)}, chi on its own grid {NumberText.Figure(Chi)}";
            return Doubt is { } doubt
                ? $"The network's prediction is not to be trusted here, nor what starts from it: {doubt} ({figures})."
                : $"Nothing speaks against the network's prediction ({figures}).";
        }
    }

    /// <summary>Why a prediction should not be trusted; null when nothing speaks against it.</summary>
    /// <param name="spread">Mean real-space error between its passes.</param>
    /// <param name="chi">Of the object on the network's grid.</param>
    /// <param name="noise">The chi that photon noise alone leaves there.</param>
    public static string? DoubtOf(double spread, double chi, double noise) =>
        !(spread <= LargestSpread) ? "the passes over the mirrored pattern disagree"
        : !(chi <= LargestChi + (ChiOverNoise * noise)) ? "the object does not explain the pattern"
        : null;

    /// <summary>Judges a start by its passes.</summary>
    /// <param name="start">Borrowed.</param>
    internal static NetworkJudgement Of(NetworkStart start)
    {
        using PredictedObject found = start.Judge();
        return Of(found);
    }

    /// <summary>Judges a prediction.</summary>
    /// <param name="found">Borrowed.</param>
    internal static NetworkJudgement Of(PredictedObject found) =>
        new(found.Spread, found.Chi, DoubtOf(found.Spread, found.Chi, found.Noise));
}
