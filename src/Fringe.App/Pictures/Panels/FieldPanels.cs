using Fringe.Core.Volumes;
using Fringe.Imaging.Figures;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>
/// Central slices of a field with their colour bar. A signed field's range is the same to both sides of 0, another's begins at 0.
/// </summary>
/// <param name="values">NaN where it is not known.</param>
/// <param name="quantity">What it is, for the headings: "strain".</param>
/// <param name="label">Of the colour bar, with the unit.</param>
/// <param name="scale">From the values to the label's unit.</param>
/// <param name="voxel">null: axes count voxels.</param>
/// <param name="window">The part to show.</param>
/// <param name="isSigned">Whether its values can be negative.</param>
internal sealed class FieldPanels(
    RealVolume values,
    string quantity,
    string label,
    double scale,
    VoxelSize? voxel,
    VolumeBox window,
    bool isSigned = true
)
{
    // The few largest would leave the rest colourless.
    private const double ShownRank = 0.99;
    private readonly int[] shape = [values.Depth, values.Height, values.Width];

    /// <summary>Of the colours, in the values' unit.</summary>
    public ScottPlot.Range Range { get; } = RangeOf(values.Values, isSigned);

    private IColormap Colours => isSigned ? PictureStyle.SignedColours : PictureStyle.AmplitudeColours;

    public void Draw(SKCanvas canvas, PanelRow row)
    {
        row.DrawToScale(canvas, [.. SlicePlane.All.Select(Panel)]);
        ScottPlot.Range shown = new(Range.Min * scale, Range.Max * scale);
        new ColourBar(Colours, shown, NiceTicks.Linear(shown.Min, shown.Max, 6), label).Draw(canvas, row);
    }

    private ImagePanel Panel(SlicePlane plane)
    {
        int at = window.Centre(plane.Fixed, shape);
        AxisScale across = AxisScale.Of(plane.Fixed, window, shape, voxel);
        string place = voxel is null
            ? $"{at}"
            : $"{NumberText.Figure((at - (shape[plane.Fixed] / 2)) * across.Step)} nm";
        return new()
        {
            Values = plane.Extract(shape, window, at, index => values.Values[index]),
            Range = Range,
            Colours = Colours,
            Missing = PictureStyle.Outside,
            Rows = AxisScale.Of(plane.Row, window, shape, voxel),
            Columns = AxisScale.Of(plane.Column, window, shape, voxel),
            Heading = $"{quantity}, {plane.Describe(place)}",
        };
    }

    private static ScottPlot.Range RangeOf(float[] values, bool isSigned)
    {
        double[] sizes = [.. values.Where(float.IsFinite).Select(value => (double)Math.Abs(value))];
        Array.Sort(sizes);
        double most = sizes.Length == 0 ? 0 : sizes[(int)(ShownRank * (sizes.Length - 1))];
        most = most > 0 ? most : 1;
        return new(isSigned ? -most : 0, most);
    }
}
