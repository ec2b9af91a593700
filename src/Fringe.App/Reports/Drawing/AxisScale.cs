using ScottPlot.TickGenerators;

namespace Fringe.App.Reports.Drawing;

/// <summary>What an image axis shows: pixel <c>i</c> of the slice stands at <c>First + i * Step</c>.</summary>
/// <param name="Label">Name with unit: "y (voxel)".</param>
/// <param name="First">Value at the first pixel's centre.</param>
/// <param name="Step">Value from one pixel to the next, above 0.</param>
internal sealed record AxisScale(string Label, double First, double Step)
{
    /// <summary>Screen pixels a label needs before the image's end so as not to be cut off.</summary>
    private const double LabelRoom = 8;

    /// <summary>Ticks at round values in pixel coordinates, as the image panel needs them.</summary>
    public NumericManual Ticks(int pixels, double screenPixels)
    {
        int most = Math.Clamp((int)(screenPixels / 55), 1, 8);
        double last = First + ((pixels - 1) * Step);
        var ticks = new NumericManual();
        double[] values =
        [
            .. NiceTicks
                .Between(First, last, most)
                .Where(value => Step != 1 || value == Math.Round(value))
                .Where(value => (last - value) / Step * screenPixels / pixels >= LabelRoom),
        ];
        // A narrow image may lie between two round values: one tick then still says where it is.
        foreach (double value in values.Length > 0 ? values : [First + (pixels / 2 * Step)])
        {
            ticks.AddMajor((value - First) / Step, NiceTicks.Plain(value));
        }

        return ticks;
    }
}
