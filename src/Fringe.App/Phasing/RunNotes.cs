using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Preparation;

namespace Fringe.App.Phasing;

/// <summary>What a person should know about a run before trusting it, one sentence each.</summary>
internal static class RunNotes
{
    private const double LeastKept = 0.95;

    // docs/results/partial-data.md.
    private const double LeastBeyond = 0.05;
    private const double MuchMasked = 0.2;

    /// <summary>What preparation leaves to be desired.</summary>
    public static IEnumerable<string> OfPreparation(PreparationSummary prepared)
    {
        string[] names = ["rocking (z)", "row (y)", "column (x)"];
        for (int axis = 0; axis < 3; axis++)
        {
            double ratio = prepared.OversamplingRatio[axis];
            if (ratio < Verdict.LeastOversampling)
            {
                yield return $"The oversampling ratio along {names[axis]} is {ratio:F2}, under {Verdict.LeastOversampling}: the solution may "
                    + "not be unique. Use a finer step or a longer distance, or less binning.";
            }
        }

        if (prepared.BeyondPeakFraction < LeastBeyond)
        {
            yield return "The rocking curve has hardly passed its peak: the result is a first guess until more frames are measured.";
        }

        if (prepared.KeptFraction < LeastKept)
        {
            yield return $"The prepared shape keeps only {prepared.KeptFraction:P1} of the photons; a larger --shape keeps more.";
        }

        if (prepared.MaskedFraction > MuchMasked)
        {
            yield return $"{prepared.MaskedFraction:P0} of the volume was not measured (masked or beyond the data); a smaller --shape "
                + "leaves less to chance.";
        }

        if (prepared.SaturatedVoxels > 0)
        {
            yield return $"{prepared.SaturatedVoxels} saturated voxels are masked; if they are the peak's, use an absorber.";
        }
    }

    public static IEnumerable<string> Of(PhasedSample sample, PhaseRequest request)
    {
        if (sample.Verdict is { Trust: not Trust.Good } verdict)
        {
            yield return $"This result is {verdict.Word}: {string.Join("; ", verdict.Reasons)}.";
        }

        foreach (string note in OfPreparation(sample.Prepared.Summary))
        {
            yield return note;
        }

        if (sample.Network is { Doubt: { } doubt })
        {
            yield return request.Method == PhaseMethod.Network
                ? $"The network's prediction is not to be trusted ({doubt}). --method auto has random starts compete with it."
                : $"The network does not know such a pattern ({doubt}): its start had to hold its own against random ones.";
        }

        if (request.Method == PhaseMethod.Auto && sample.Network is not null && !sample.KeepsNetwork(request))
        {
            yield return "A random start explains the free voxels better than the one from the network, does not agree with it, and is the result.";
        }

        foreach (string note in OfStarts(sample.Result))
        {
            yield return note;
        }
    }

    private static IEnumerable<string> OfStarts(PhasingResult result)
    {
        IReadOnlyList<StartSummary> starts = result.Starts;
        if (starts.Count == 1)
        {
            if (result.ReachesNoise)
            {
                yield break;
            }

            yield return "One start says nothing about how far the result depends on chance; --starts 5 does.";
            yield break;
        }

        double[] agreements =
        [
            .. starts.Skip(1).Select(start => double.IsFinite(start.Agreement) ? start.Agreement : 0),
        ];
        if (!result.ReachesNoise && agreements.Average() < Verdict.Differing)
        {
            yield return $"The starts disagree (mean correlation with the best {agreements.Average():F2}): do not trust details, try "
                + "more starts or check mask and shape.";
        }
    }
}
