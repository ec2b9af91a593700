using Fringe.Core;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// The numbers of frames as DECTRIS's files record them: the first and last of a part (<c>image_nr_low</c>, <c>image_nr_high</c>), and how many the detector was
/// set to take (<c>nimages</c> times <c>ntrigger</c>).
/// </summary>
internal static class Hdf5FrameNumbers
{
    private const string Low = "image_nr_low";
    private const string High = "image_nr_high";

    /// <summary>Parts in the order of their frames' numbers, where each has them and as many frames as they say; else as they are.</summary>
    /// <param name="path">The file's, for errors.</param>
    /// <param name="parts">In the order of their names.</param>
    /// <returns>The parts, and what a user should know of it.</returns>
    /// <exception cref="InputException">Frames between the parts are not there, or are there twice.</exception>
    public static (IReadOnlyList<Hdf5Array> Parts, IReadOnlyList<string> Remarks) Sort(
        string path,
        IReadOnlyList<Hdf5Array> parts
    )
    {
        var ranges = parts.Select(part => (Part: part, Range: Of(part))).ToArray();
        if (ranges.Any(one => one.Range is not { } range || range.High - range.Low + 1 != FramesOf(one.Part)))
        {
            return (parts, []);
        }

        (Hdf5Array Part, (long Low, long High) Range)[] sorted =
        [
            .. ranges.Select(one => (one.Part, one.Range!.Value)).OrderBy(one => one.Item2.Low),
        ];
        for (int i = 1; i < sorted.Length; i++)
        {
            (long last, long next) = (sorted[i - 1].Range.High, sorted[i].Range.Low);
            if (next != last + 1)
            {
                string problem =
                    next > last
                        ? $"frames {last + 1} to {next - 1} are not there ({Low} is {next}, and {High} of {sorted[i - 1].Part.Path} is {last})"
                        : $"its first frame is number {next} ({Low}), and {sorted[i - 1].Part.Path} goes to number {last}: frames are there twice";
                throw InputException.ForFile(
                    path,
                    $"the scan is in parts, and {problem}; copy the file again, or choose one part with `Dataset`",
                    sorted[i].Part.Path
                );
            }
        }

        Hdf5Array[] inOrder = [.. sorted.Select(one => one.Part)];
        return (
            inOrder,
            inOrder.SequenceEqual(parts)
                ? []
                :
                [
                    $"The parts are read in the order of their frames' numbers ({Low}), which is not that of their names.",
                ]
        );
    }

    /// <summary>Where the numbers and the frames that are there differ, one sentence each.</summary>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">What is read of it.</param>
    public static IEnumerable<string> Remarks(Hdf5Tree tree, Hdf5Stack stack)
    {
        foreach (Hdf5Array part in stack.Parts)
        {
            if (Of(part) is { } range && range.High - range.Low + 1 != FramesOf(part))
            {
                yield return $"{part.Path} says that it holds frames {range.Low} to {range.High} ({Low}, {High}), and has {FramesOf(part)}: some may be lost.";
            }
        }

        if (Of(stack.Parts[0]) is { Low: > 1 } first && first.High - first.Low + 1 == FramesOf(stack.Parts[0]))
        {
            yield return $"The first frame that is read is number {first.Low} ({Low} of {stack.Parts[0].Path}): those before it are not there, or in another part.";
        }

        if (
            Hdf5Companions.NumberOf(tree, stack.Parts, "nimages") is { } images
            && images.Value * (Hdf5Companions.NumberOf(tree, stack.Parts, "ntrigger")?.Value ?? 1) is var planned
            && planned >= 1
            && planned != stack.ShapeInFile[0]
        )
        {
            yield return $"The detector was set to take {planned:0} frames ({images.Path}, times ntrigger where there is one), and {stack.ShapeInFile[0]} are there: "
                + "the scan was stopped, or its other parts are not in the file.";
        }
    }

    private static long FramesOf(Hdf5Array part) => Arrays.Shapes.AsStack(Hdf5Values.Shape(part.Dataset))[0];

    private static (long Low, long High)? Of(Hdf5Array part) =>
        Hdf5Values.WholeNumber(part.Dataset, Low) is { } low && Hdf5Values.WholeNumber(part.Dataset, High) is { } high
            ? (low, high)
            : null;
}
