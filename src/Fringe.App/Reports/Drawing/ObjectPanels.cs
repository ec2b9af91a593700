using Fringe.Core.Volumes;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Fringe.App.Reports.Drawing;

/// <summary>Two rows of central slices of the object: amplitude above, phase inside the support below.</summary>
internal sealed class ObjectPanels
{
    private readonly float[] pairs;
    private readonly bool[] support;
    private readonly int[] shape;
    private readonly VolumeBox box;
    private readonly VoxelSize? voxel;

    public ObjectPanels(ComplexVolume volume, bool[] support, VoxelSize? voxel)
    {
        pairs = volume.Interleaved;
        this.support = support;
        this.voxel = voxel;
        shape = [volume.Depth, volume.Height, volume.Width];
        box = VolumeBox.Around(support, shape);
    }

    public void DrawAmplitude(SKCanvas canvas, PanelRow row)
    {
        double[][,] slices = [.. SlicePlane.All.Select(plane => Slice(plane, Amplitude))];
        double brightest = slices
            .SelectMany(slice => slice.Cast<double>())
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .Max();
        var range = new ScottPlot.Range(0, brightest > 0 ? brightest : 1);
        for (int i = 0; i < slices.Length; i++)
        {
            Panel(i, slices[i], range, PictureStyle.AmplitudeColours, "amplitude")
                .Draw(canvas, row.Cells[i], row.Boxes[i]);
        }

        var ticks = new NumericManual();
        foreach (double value in NiceTicks.Between(range.Min, range.Max, 6))
        {
            ticks.AddMajor(value, NumberText.Figure(value));
        }

        new ColourBar(PictureStyle.AmplitudeColours, range, ticks, "amplitude (arb. units)").Draw(
            canvas,
            row.BarCell,
            row.Bar
        );
    }

    public void DrawPhase(SKCanvas canvas, PanelRow row)
    {
        var range = new ScottPlot.Range(-Math.PI, Math.PI);
        for (int i = 0; i < SlicePlane.All.Count; i++)
        {
            double[,] slice = Slice(SlicePlane.All[i], Phase);
            Panel(i, slice, range, PictureStyle.PhaseColours, "phase").Draw(canvas, row.Cells[i], row.Boxes[i]);
        }

        double[] positions = [-Math.PI, -Math.PI / 2, 0, Math.PI / 2, Math.PI];
        var ticks = new NumericManual(positions, ["−π", "−π/2", "0", "π/2", "π"]);
        new ColourBar(PictureStyle.PhaseColours, range, ticks, "phase (rad)").Draw(canvas, row.BarCell, row.Bar);
    }

    private ImagePanel Panel(int index, double[,] slice, ScottPlot.Range range, IColormap colours, string quantity)
    {
        SlicePlane plane = SlicePlane.All[index];
        return new ImagePanel
        {
            Values = slice,
            Range = range,
            Colours = colours,
            Missing = PictureStyle.Outside,
            Rows = Scale(plane.Row),
            Columns = Scale(plane.Column),
            Heading = $"{quantity}, {plane.Describe(box.Centre(plane.Fixed, shape))}",
        };
    }

    private AxisScale Scale(int axis)
    {
        string name = SlicePlane.AxisName(axis);
        if (voxel is null)
        {
            return new AxisScale($"{name} (voxel)", box.Start[axis], 1);
        }

        double size = new[] { voxel.ZNanometres, voxel.YNanometres, voxel.XNanometres }[axis];
        return new AxisScale($"{name} (nm)", (box.Start[axis] - (shape[axis] / 2)) * size, size);
    }

    private double[,] Slice(SlicePlane plane, Func<long, double> value) =>
        plane.Extract(shape, box, box.Centre(plane.Fixed, shape), value);

    private double Amplitude(long i) =>
        Math.Sqrt(((double)pairs[2 * i] * pairs[2 * i]) + ((double)pairs[(2 * i) + 1] * pairs[(2 * i) + 1]));

    private double Phase(long i) => support[i] ? Math.Atan2(pairs[(2 * i) + 1], pairs[2 * i]) : double.NaN;
}
