using Fringe.Core.Volumes;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>A row of three pairs: the measured and the modelled pattern in each central plane, on one log scale.</summary>
internal sealed class PatternPanels
{
    private readonly RealVolume measured;
    private readonly RealVolume modelled;
    private readonly bool[] mask;
    private readonly int[] shape;
    private readonly ScottPlot.Range range;

    public PatternPanels(RealVolume measured, RealVolume modelled, bool[] mask)
    {
        this.measured = measured;
        this.modelled = modelled;
        this.mask = mask;
        shape = [measured.Depth, measured.Height, measured.Width];
        range = ColourRange(measured.Values, mask);
    }

    /// <summary>Draws six images: measured and modelled of the planes in turn.</summary>
    public void Draw(SKCanvas canvas, PanelRow row)
    {
        var whole = VolumeBox.Whole(shape);
        for (int i = 0; i < SlicePlane.All.Count; i++)
        {
            SlicePlane plane = SlicePlane.All[i];
            int at = shape[plane.Fixed] / 2;
            double[,] left = plane.Extract(shape, whole, at, Measured);
            double[,] right = plane.Extract(shape, whole, at, Modelled);
            Panel(plane, left, $"measured, {SlicePlane.AxisName(plane.Fixed)} = {at}", hideRows: false)
                .Draw(canvas, row.Cells[2 * i], row.Boxes[2 * i]);
            Panel(plane, right, $"modelled, {SlicePlane.AxisName(plane.Fixed)} = {at}", hideRows: true)
                .Draw(canvas, row.Cells[(2 * i) + 1], row.Boxes[(2 * i) + 1]);
        }

        Bar.Draw(canvas, row);
    }

    /// <summary>The scale of both patterns; the measured one alone decides it.</summary>
    public ColourBar Bar =>
        new(PictureStyle.PhotonColours, range, NiceTicks.Logarithmic(range.Min, range.Max), "intensity (photons)");

    /// <summary>Both patterns in one image: the measured one left of the peak, the modelled one right of it.</summary>
    public ImagePanel Halves(SlicePlane plane)
    {
        int at = shape[plane.Fixed] / 2;
        int length = shape[plane.Column];
        // The column's index counts as slowly as its stride.
        int stride = plane.Column == 2 ? 1 : shape[2];
        double[,] values = plane.Extract(
            shape,
            VolumeBox.Whole(shape),
            at,
            index => index / stride % length < length / 2 ? Measured(index) : Modelled(index)
        );
        return Panel(plane, values, $"measured | modelled, {SlicePlane.AxisName(plane.Fixed)} = {at}", hideRows: false);
    }

    private double Measured(long index) => mask[index] ? double.NaN : Logarithm(measured.Values[index]);

    private double Modelled(long index) => Logarithm(modelled.Values[index]);

    private ImagePanel Panel(SlicePlane plane, double[,] values, string heading, bool hideRows) =>
        new()
        {
            Values = values,
            Range = range,
            Colours = PictureStyle.PhotonColours,
            Missing = PictureStyle.NotMeasured,
            Rows = new AxisScale($"{SlicePlane.AxisName(plane.Row)} (voxel)", 0, 1),
            Columns = new AxisScale($"{SlicePlane.AxisName(plane.Column)} (voxel)", 0, 1),
            Heading = heading,
            HideRowAxis = hideRows,
            MayStretch = true,
        };

    /// <summary>From half a photon (or seven decades down) to the brightest measured voxel.</summary>
    private static ScottPlot.Range ColourRange(float[] intensity, bool[] mask)
    {
        double brightest = 0;
        for (int i = 0; i < intensity.Length; i++)
        {
            if (!mask[i] && float.IsFinite(intensity[i]))
            {
                brightest = Math.Max(brightest, intensity[i]);
            }
        }

        double top = Math.Log10(brightest > 0 ? brightest : 1);
        double bottom = top >= 1 ? Math.Max(Math.Log10(0.5), top - 7) : top - 5;
        return new ScottPlot.Range(bottom, top);
    }

    /// <summary>log10 within the colour range; dark voxels take its lowest colour, not-a-number stays missing.</summary>
    private double Logarithm(float photons) =>
        float.IsNaN(photons) ? double.NaN
        : photons > 0 ? Math.Clamp(Math.Log10(photons), range.Min, range.Max)
        : range.Min;
}
