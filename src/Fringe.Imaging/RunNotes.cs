using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Formats.Beamlines;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Trust;

namespace Fringe.Imaging;

/// <summary>What a person should know about a run before trusting it, one sentence each.</summary>
internal static class RunNotes
{
    private const double LeastKept = 0.95;

    // docs/results/partial-data.md.
    private const double LeastBeyond = 0.05;
    private const double MuchMasked = 0.2;
    private const double MuchHidden = 0.05;

    // Degrees: more than half of what a large detector spans at half a metre.
    private const double FarOff = 10;

    // Of the spacing: angles and distance are seldom known better.
    private const double LeastSpacingShare = 2e-3;

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
            yield return $"The prepared shape keeps only {prepared.KeptFraction:P1} of the photons; a larger `Preparation.Shape` keeps more.";
        }

        if (prepared.MaskedFraction > MuchMasked)
        {
            yield return $"{prepared.MaskedFraction:P0} of the volume was not measured (masked or beyond the data); a smaller `Preparation.Shape` "
                + "leaves less to chance.";
        }

        foreach (string note in DataNotes.Of(prepared))
        {
            yield return note;
        }
    }

    /// <summary>What is doubtful about a scan's record, and where the user said otherwise: known before anything is read.</summary>
    public static IEnumerable<string> OfRecord(RockingScan scan) => [.. scan.Remarks, .. scan.Contradictions];

    /// <summary>What is doubtful about a geometry.</summary>
    /// <param name="scan">The geometry.</param>
    /// <param name="peak">Seen from there.</param>
    /// <param name="stack">Frames, rows and columns of what was measured.</param>
    public static IEnumerable<string> OfGeometry(RockingScan scan, BraggPeak peak, Shape3 stack)
    {
        foreach (string note in OfRecord(scan))
        {
            yield return note;
        }

        // A detector that does not turn stands off its axis by all of two theta.
        double off = peak.OffAxisRadians * 180 / Math.PI;
        if (off > FarOff && scan.Geometry.Diffractometer.DetectorCircles.Count > 0)
        {
            yield return $"The pixel of the direct beam puts the peak {off:F1} degrees from where the detector's motors point: two theta is "
                + $"{peak.TwoThetaRadians * 180 / Math.PI:F1} degrees. Is it that of the direct beam with the motors at 0, counted in the frames as they are?";
        }

        if (scan.Geometry.DirectBeam is null && FromTheMiddle(scan.Geometry, peak.Place, stack) is { } other)
        {
            double share = (other.DSpacingNanometres / peak.DSpacingNanometres) - 1;
            if (Math.Abs(share) >= LeastSpacingShare)
            {
                double rows = peak.Place.Row - (stack.Height / 2.0);
                double columns = peak.Place.Column - (stack.Width / 2.0);
                yield return $"The pixel of the direct beam is not known: the detector is taken to point at the peak, which stands {Math.Sqrt((rows * rows) + (columns * columns)):F0} "
                    + $"pixels off the middle of the frames. If it points at the middle, that is {other.OffAxisRadians * 180 / Math.PI:F1} degrees and {Math.Abs(share):P1} "
                    + $"of the spacing ({other.DSpacingNanometres:F5} nm in place of {peak.DSpacingNanometres:F5}); `Geometry.DirectBeam` settles it.";
            }
        }
    }

    public static IEnumerable<string> Of(ImagingResult result)
    {
        if (result.Verdict is { Trust: not Trust.Trust.Good } verdict)
        {
            yield return $"This result is {verdict.Word}: {string.Join("; ", verdict.Reasons)}.";
        }

        foreach (string remark in result.Measurement.Reading.Remarks)
        {
            yield return remark;
        }

        foreach (string note in OfPreparation(result.Preparation))
        {
            yield return note;
        }

        if (result.Measurement.Scan is { } scan)
        {
            foreach (
                string note in OfGeometry(scan, result.Space!.Peak, Shape3.FromList(result.Preparation.InputShape))
            )
            {
                yield return note;
            }

            if (scan.Beamline.ConfirmedBy is null)
            {
                string beware =
                    scan.Beamline.Remarks.Length == 0 ? "" : $" Beware: {scan.Beamline.Remarks.TrimEnd('.')}.";
                yield return $"No measured data has confirmed the definition of {scan.Beamline.Name}: shape and strain may be mirrored.{beware}";
            }
        }

        if (result.Fit.HiddenFraction > MuchHidden)
        {
            yield return $"{result.Fit.HiddenFraction:P0} of the object's photons fall on masked voxels: its error may be several times the uncertainty, which "
                + "knows only in part what is hidden.";
        }

        if (result.Options.Replicas > 0 && result.Uncertainty is null)
        {
            yield return "No replica gave finite numbers: the uncertainty is not known.";
        }

        if (result.Uncertainty is { Widening: null })
        {
            yield return "Without free voxels the uncertainty is what photons alone make of the object, too small as a rule; leave `FreeFraction` as it is.";
        }

        if (result.Network is { Doubt: { } doubt })
        {
            yield return result.Options.Method is FromNetwork
                ? $"The network's prediction is not to be trusted ({doubt}). `Method` auto has random starts compete with it."
                : $"The network does not know such a pattern ({doubt}): what starts from it is judged by the data alone.";
        }

        if (result.Options.Method is Automatic && result.Network is not null && !result.KeepsNetwork)
        {
            yield return "A random start explains the pattern better than those from the network, does not agree with them, and is the result.";
        }

        foreach (string note in OfStarts(result.Starts, result.Fit.ReachesNoise))
        {
            yield return note;
        }
    }

    private static IEnumerable<string> OfStarts(IReadOnlyList<StartOutcome> starts, bool reachesNoise)
    {
        if (starts.Count == 1)
        {
            if (reachesNoise)
            {
                yield break;
            }

            yield return "One start says nothing about how far the result depends on chance; `Method.Starts` 5 does.";
            yield break;
        }

        // What misled the best start may have misled another of the same origin.
        StartOutcome[] others = [.. starts.Skip(1).Where(start => start.Origin != starts[0].Origin)];
        double[] agreements =
        [
            .. (others.Length > 0 ? others : starts.Skip(1)).Select(start =>
                double.IsFinite(start.Agreement) ? start.Agreement : 0
            ),
        ];
        if (!reachesNoise && agreements.Average() < Verdict.Differing)
        {
            yield return $"The starts disagree (mean correlation with the best {agreements.Average():F2}): do not trust details, try "
                + "more starts or check mask and shape.";
        }
    }

    // The peak as a detector sees it that points at the middle of its frames; null where that is no geometry.
    private static BraggPeak? FromTheMiddle(BraggGeometry geometry, VoxelPlace peak, Shape3 stack)
    {
        try
        {
            return (geometry with { DirectBeam = new(stack.Height / 2.0, stack.Width / 2.0) }).At(peak);
        }
        catch (InputException)
        {
            return null;
        }
    }
}
