using ScottPlot.TickGenerators;

namespace Fringe.App.Reports.Drawing;

/// <summary>What an image axis shows: pixel <c>i</c> of the slice stands at <c>First + i * Step</c>.</summary>
/// <param name="Label">Name with unit: "y (voxel)".</param>
/// <param name="First">Value at the first pixel's centre.</param>
/// <param name="Step">Value from one pixel to the next, above 0.</param>
internal sealed record AxisScale(string Label, double First, double Step)
{
    /// <summary>Ticks at round values in pixel coordinates, as the image panel needs them.</summary>
    public NumericManual Ticks(int pixels, double screenPixels)
    {
        int most = Math.Clamp((int)(screenPixels / 55), 1, 8);
        double last = First + ((pixels - 1) * Step);
        var ticks = new NumericManual();
        foreach (double value in NiceTicks.Between(First, last, most).Where(v => Step != 1 || v == Math.Round(v)))
        {
            ticks.AddMajor((value - First) / Step, NiceTicks.Plain(value));
        }

        return ticks;
    }
}
