using Fringe.Core.Preparation;
using Fringe.Formats.Arrays;

namespace Fringe.Imaging;

/// <summary>What a person should know about the frames before trusting what is made of them, one sentence each.</summary>
internal static class DataNotes
{
    // Of the frames: more repeated ones are no accident.
    private const double ManyRepeated = 0.2;

    /// <param name="prepared">What preparation found.</param>
    public static IEnumerable<string> Of(PreparationSummary prepared)
    {
        foreach (string note in OfFrames(prepared))
        {
            yield return note;
        }

        if (prepared.DetectorDoubt.Length > 0)
        {
            yield return $"The file names a detector whose layout does not fit: {prepared.DetectorDoubt}. Its gaps are not masked; `Detector` says which it is.";
        }

        if (prepared.BrightBand is { } band)
        {
            string lines = $"{(band.IsByRow ? "row" : "column")}{(band.Count == 1 ? "" : "s")}";
            string which = band.Count == 1 ? $"{band.First}" : $"{band.First}-{band.First + band.Count - 1}";
            yield return $"The brightest of the frames is a straight band from end to end, {lines} {which}: no pattern looks so, but a gap's codes and bad pixels do. Hide it with `Mask` or `Detector`; "
                + "as it is, it may be taken for the peak.";
        }

        if (prepared.CraterVoxels > 0)
        {
            yield return $"{prepared.CraterVoxels} voxels hold little and are enclosed by far brighter ones: counts that wrapped round at the largest number of their type, or saturated pixels that count "
                + "nothing. They are masked; use an absorber, or save a larger type.";
        }

        if (prepared.FlatTop is { } top)
        {
            string levels =
                top.Least < top.Counts
                    ? FormattableString.Invariant(
                        $", and other frames have flat tops from {top.Least:g8} on, as where a monitor was divided out"
                    )
                    : "";
            yield return FormattableString.Invariant(
                $"{top.Voxels} voxels hold just the largest count, {top.Counts:g8}{levels}: the detector looks saturated. `Preparation.Saturation` {top.Least:g8} masks them."
            );
        }

        foreach (string note in OfNegative(prepared))
        {
            yield return note;
        }

        if (prepared.SaturatedVoxels > 0)
        {
            yield return $"{prepared.SaturatedVoxels} saturated voxels are masked; if they are the peak's, use an absorber.";
        }
    }

    private static IEnumerable<string> OfNegative(PreparationSummary prepared)
    {
        if (prepared.WrappedVoxels > 0)
        {
            yield return $"{prepared.WrappedVoxels} values just under the largest of their type are scattered among small counts: a dark frame was subtracted in numbers without a sign, and what fell "
                + "below 0 wrapped round. They count as 0; subtract in signed numbers.";
        }

        if (prepared.ZeroedVoxels > 0)
        {
            yield return $"{prepared.ZeroedVoxels} values scatter below 0, as after subtracting a dark frame: they are measured, and count as 0.";
        }

        if (prepared.IsShifted)
        {
            yield return "Pixels without a photon lie below 0 as a rule: more was subtracted from the counts than the dark ones, and weak places of the pattern are lost with it. Phase the counts "
                + "as they were before.";
        }
    }

    private static IEnumerable<string> OfFrames(PreparationSummary prepared)
    {
        if (prepared.LostFrames.Count > 0)
        {
            yield return $"No count, or no more than noise and hot pixels, is in {Frames(prepared.LostFrames, isStart: false)}, and many are in those about it: not measured, and masked.";
        }

        if (prepared.LostParts.Count > 0)
        {
            yield return $"{Frames(prepared.LostParts)}: a part with a sharp edge holds nothing, and much before and after, as of a module that was not read: "
                + "not measured, and masked there.";
        }

        if (prepared.WeakFrames.Count > 0)
        {
            string hold = prepared.WeakFrames.Count == 1 ? "holds" : "hold";
            yield return $"{Frames(prepared.WeakFrames)} {hold} the image of those about them, but less than a fifth of its counts: was the shutter closed, or the beam gone? "
                + "They are taken as measured; a `Mask` with an image for each frame leaves them out.";
        }

        if (prepared.RepeatedFrames.Count > 0)
        {
            string repeat = prepared.RepeatedFrames.Count == 1 ? "repeats" : "repeat";
            yield return $"{Frames(prepared.RepeatedFrames)} {repeat} an earlier one bit for bit, which photons never do: not measured, and masked.";
            if (prepared.RepeatedFrames.Count > ManyRepeated * prepared.InputShape[0])
            {
                yield return $"So many are repeated ({prepared.RepeatedFrames.Count} of {prepared.InputShape[0]}) that the others may not stand where the scan has them: was the detector read more often than it measured, did it hang, or is the scan "
                    + "stored twice? Save each frame once.";
            }
        }
    }

    private static string Frames(IReadOnlyList<int> frames, bool isStart = true)
    {
        string word = frames.Count == 1 ? "frame" : "frames";
        return $"{(isStart ? char.ToUpperInvariant(word[0]) + word[1..] : word)} {string.Join(", ", IndexRanges.Of(frames))}";
    }
}
