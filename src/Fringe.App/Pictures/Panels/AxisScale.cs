using ScottPlot.TickGenerators;

namespace Fringe.App.Pictures.Panels;

/// <summary>What an image axis shows: pixel <c>i</c> of the slice stands at <c>First + i * Step</c>.</summary>
/// <param name="Label">Name with unit: "y (voxel)".</param>
/// <param name="First">Value at the first pixel's centre.</param>
/// <param name="Step">Value from one pixel to the next, above 0.</param>
internal sealed record AxisScale(string Label, double First, double Step)
{
    /// <summary>Screen pixels a label needs before the image's end so as not to be cut off.</summary>
    private const double LabelRoom = 8;

    /// <summary>An axis of a window: voxels from the volume's corner, or nm from its centre N/2.</summary>
    /// <param name="axis">0 = z, 1 = y, 2 = x.</param>
    /// <param name="window">The part that is shown.</param>
    /// <param name="shape">Of the volume.</param>
    /// <param name="voxel">null: voxels.</param>
    public static AxisScale Of(int axis, VolumeBox window, int[] shape, VoxelSize? voxel)
    {
        string name = SlicePlane.AxisName(axis);
        if (voxel is null)
        {
            return new AxisScale($"{name} (voxel)", window.Start[axis], 1);
        }

        double size = new[] { voxel.ZNanometres, voxel.YNanometres, voxel.XNanometres }[axis];
        return new AxisScale($"{name} (nm)", (window.Start[axis] - (shape[axis] / 2)) * size, size);
    }

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
