using System.Globalization;
using Fringe.Core.Preparation;
using Fringe.Formats.Arrays;

namespace Fringe.Imaging;

/// <summary>What was read, and what was done to it before it was phased: the account that terminal, report and <c>inspect</c> show.</summary>
public static class DataAccount
{
    /// <summary>One line each; a cause that hid nothing has none.</summary>
    /// <param name="measurement">As read.</param>
    /// <param name="prepared">What preparation did.</param>
    public static IReadOnlyList<AccountLine> Of(Measurement measurement, PreparationSummary prepared)
    {
        ReadingRecord reading = measurement.Reading;
        int frames = measurement.Stack.Depth;
        List<AccountLine> lines =
        [
            new(
                "frames",
                $"{prepared.MeasuredFrames} of {frames}, {measurement.Stack.Height} x {measurement.Stack.Width} pixels{Stored(reading)}{Named(measurement.Dataset)}"
            ),
        ];
        if (prepared.IsPrepared)
        {
            lines.Add(
                new(
                    "prepared",
                    "a pattern that was prepared before: peak and shape are kept, faults are not looked for"
                )
            );
        }

        Add("lost frames", prepared.LostFrames.Count, () => $"{List(prepared.LostFrames)}: no count in them; masked");
        Add(
            "repeated frames",
            prepared.RepeatedFrames.Count,
            () => $"{List(prepared.RepeatedFrames)}: bit for bit an earlier one; masked"
        );
        Add(
            "the file's own mask",
            prepared.RecordedMaskPixels,
            () => $"{prepared.RecordedMaskPixels} pixels, {reading.MaskDataset}"
        );
        Add(
            measurement.Corrections.Detector?.Name ?? "detector",
            prepared.DetectorPixels,
            () =>
                $"{prepared.DetectorPixels} pixels between its modules or larger than others{ByWhom(measurement)}; masked"
        );
        Add(
            "gaps and defects",
            prepared.GapPixels,
            () => $"{prepared.GapPixels} pixels that hold one number in every frame; masked"
        );
        Add(
            "saturated",
            prepared.SaturatedVoxels,
            () => $"{prepared.SaturatedVoxels} voxels{Limit(measurement, prepared)}; masked"
        );
        Add(
            "invalid",
            prepared.InvalidVoxels,
            () => $"{prepared.InvalidVoxels} voxels, no numbers or flagged by negative ones; masked"
        );
        Add(
            "below 0",
            prepared.ZeroedVoxels,
            () => $"{prepared.ZeroedVoxels} voxels by noise about it; they count as 0"
        );
        Add("hot", prepared.HotVoxels, () => $"{prepared.HotVoxels} voxels far above their neighbours; masked");
        AddFile("dark", reading.DarkPath);
        AddFile("flat field", reading.FlatPath);
        AddFile("mask", reading.MaskPath);
        Add("by these files", prepared.BadPixels, () => $"{prepared.BadPixels} pixels masked");
        lines.Add(
            new("not measured", $"{Percent(prepared.MaskedFraction)} of the prepared volume, masked or beyond the data")
        );
        lines.AddRange(
            (measurement.Scan?.Origins ?? []).Select(origin => new AccountLine(
                origin.Quantity,
                $"{origin.Value}, {origin.Source}"
            ))
        );
        return lines;

        void Add(string what, int count, Func<string> text)
        {
            if (count > 0)
            {
                lines.Add(new AccountLine(what, text()));
            }
        }

        void AddFile(string what, string? path)
        {
            if (path is not null)
            {
                lines.Add(new AccountLine(what, path));
            }
        }
    }

    /// <summary>As one text.</summary>
    /// <param name="account">Its lines.</param>
    internal static string TextOf(IEnumerable<AccountLine> account) =>
        string.Join("; ", account.Select(line => $"{line.What}: {line.Text}"));

    private static string ByWhom(Measurement measurement) =>
        measurement.Corrections.Detector is { IsAssumed: true }
            ? $", since the file says '{measurement.Reading.Detector}'"
            : "";

    private static string Stored(ReadingRecord reading) =>
        reading.ElementType.Length == 0 ? "" : $", {reading.ElementType}";

    private static string Named(string dataset) => dataset.Length == 0 ? "" : $", {dataset}";

    private static string Limit(Measurement measurement, PreparationSummary prepared)
    {
        ReadingRecord reading = measurement.Reading;
        if (prepared.Saturation is not { } counts)
        {
            return "";
        }

        string by = reading.Saturation?.Counts == counts ? $", which {reading.Saturation.Place} calls saturated" : "";
        // A flat top below the limit is one, too.
        double limit = Math.Min(counts, LargestOf(measurement.Stack.Values));
        return string.Create(CultureInfo.InvariantCulture, $" of {limit:g10} counts or more{by}");
    }

    private static double LargestOf(float[] values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = value > largest ? value : largest;
        }

        return largest;
    }

    private static string List(IReadOnlyList<int> frames) => string.Join(", ", IndexRanges.Of(frames));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");
}

/// <summary>A line of the account.</summary>
/// <param name="What">Its subject.</param>
/// <param name="Text">What is to be said of it.</param>
public sealed record AccountLine(string What, string Text);
