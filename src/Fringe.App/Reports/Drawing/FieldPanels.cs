using Fringe.Core.Volumes;
using SkiaSharp;

namespace Fringe.App.Reports.Drawing;

/// <summary>Central slices of a signed field on cubic voxels, in nm, with its colour bar; the range is the same to both sides of 0.</summary>
/// <param name="values">NaN where it is not known.</param>
/// <param name="quantity">What it is, for the headings: "strain".</param>
/// <param name="label">Of the colour bar, with the unit.</param>
/// <param name="scale">From the values to the label's unit.</param>
/// <param name="voxelNanometres">Edge of a voxel.</param>
/// <param name="window">The part to show.</param>
internal sealed class FieldPanels(
    RealVolume values,
    string quantity,
    string label,
    double scale,
    double voxelNanometres,
    VolumeBox window
)
{
    // The few largest would leave the rest colourless.
    private const double ShownRank = 0.99;
    private readonly int[] shape = [values.Depth, values.Height, values.Width];

    /// <summary>Of the colours, in the values' unit.</summary>
    public ScottPlot.Range Range { get; } = RangeOf(values.Values);

    public void Draw(SKCanvas canvas, PanelRow row)
    {
        row.DrawToScale(canvas, [.. SlicePlane.All.Select(Panel)]);
        ScottPlot.Range shown = new(Range.Min * scale, Range.Max * scale);
        new ColourBar(PictureStyle.SignedColours, shown, NiceTicks.Linear(shown.Min, shown.Max, 6), label).Draw(
            canvas,
            row
        );
    }

    private ImagePanel Panel(SlicePlane plane)
    {
        int at = window.Centre(plane.Fixed, shape);
        double place = (at - (shape[plane.Fixed] / 2)) * voxelNanometres;
        return new()
        {
            Values = plane.Extract(shape, window, at, index => values.Values[index]),
            Range = Range,
            Colours = PictureStyle.SignedColours,
            Missing = PictureStyle.Outside,
            Rows = Scale(plane.Row),
            Columns = Scale(plane.Column),
            Heading =
                $"{quantity}, {SlicePlane.AxisName(plane.Column)}–{SlicePlane.AxisName(plane.Row)} plane, "
                + $"{SlicePlane.AxisName(plane.Fixed)} = {NumberText.Figure(place)} nm",
        };
    }

    private AxisScale Scale(int axis) =>
        new(
            $"{SlicePlane.AxisName(axis)} (nm)",
            (window.Start[axis] - (shape[axis] / 2)) * voxelNanometres,
            voxelNanometres
        );

    private static ScottPlot.Range RangeOf(float[] values)
    {
        double[] sizes = [.. values.Where(float.IsFinite).Select(value => (double)Math.Abs(value)).Order()];
        double most = sizes.Length == 0 ? 0 : sizes[(int)(ShownRank * (sizes.Length - 1))];
        return most > 0 ? new(-most, most) : new(-1, 1);
    }
}
