using Fringe.Core.Volumes;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Fringe.App.Reports.Drawing;

/// <summary>Two rows of central slices of the object: amplitude above, phase inside the support below.</summary>
internal sealed class ObjectPanels
{
    private const double MostShrinking = 3;

    // Where there is almost no amplitude, the phase is noise that would draw the eye.
    private const double LeastShownAmplitude = 0.1;

    private readonly float[] pairs;
    private readonly bool[] support;
    private readonly int[] shape;
    private readonly VolumeBox box;
    private readonly VoxelSize? voxel;
    private readonly double largestAmplitude;

    public ObjectPanels(ComplexVolume volume, bool[] support, VoxelSize? voxel)
    {
        pairs = volume.Interleaved;
        this.support = support;
        this.voxel = voxel;
        shape = [volume.Depth, volume.Height, volume.Width];
        box = VolumeBox.Around(support, shape);
        largestAmplitude = Enumerable
            .Range(0, support.Length)
            .Where(i => support[i])
            .Select(i => Amplitude(i))
            .DefaultIfEmpty(0)
            .Max();
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
        DrawRow(canvas, row, slices, range, PictureStyle.AmplitudeColours, "amplitude");
        var ticks = new NumericManual();
        foreach (double value in NiceTicks.Between(range.Min, range.Max, 6))
        {
            ticks.AddMajor(value, NiceTicks.Plain(value));
        }

        new ColourBar(PictureStyle.AmplitudeColours, range, ticks, "amplitude (arb. units)").Draw(canvas, row);
    }

    public void DrawPhase(SKCanvas canvas, PanelRow row)
    {
        double[][,] slices = [.. SlicePlane.All.Select(plane => Slice(plane, Phase))];
        var range = new ScottPlot.Range(-Math.PI, Math.PI);
        DrawRow(canvas, row, slices, range, PictureStyle.PhaseColours, "phase");
        double[] positions = [-Math.PI, -Math.PI / 2, 0, Math.PI / 2, Math.PI];
        var ticks = new NumericManual(positions, ["−π", "−π/2", "0", "π/2", "π"]);
        new ColourBar(
            PictureStyle.PhaseColours,
            range,
            ticks,
            $"phase (rad), amplitude > {LeastShownAmplitude:P0}"
        ).Draw(canvas, row);
    }

    /// <summary>Draws the three planes at one scale, so that their sizes compare, unless one would become tiny.</summary>
    private void DrawRow(
        SKCanvas canvas,
        PanelRow row,
        double[][,] slices,
        ScottPlot.Range range,
        IColormap colours,
        string quantity
    )
    {
        ImagePanel[] panels =
        [
            .. SlicePlane.All.Select(
                (plane, i) =>
                    new ImagePanel
                    {
                        Values = slices[i],
                        Range = range,
                        Colours = colours,
                        Missing = PictureStyle.Outside,
                        Rows = Scale(plane.Row),
                        Columns = Scale(plane.Column),
                        Heading = $"{quantity}, {plane.Describe(box.Centre(plane.Fixed, shape))}",
                        Outline = quantity == "amplitude" ? Inside(plane) : null,
                    }
            ),
        ];
        double[] scales = [.. panels.Select((panel, i) => panel.LargestScale(row.Boxes[i]))];
        for (int i = 0; i < panels.Length; i++)
        {
            double scale = scales[i] > MostShrinking * scales.Min() ? scales[i] : scales.Min();
            (panels[i] with { PixelsPerUnit = scale }).Draw(canvas, row.Cells[i], row.Boxes[i]);
        }
    }

    private bool[,] Inside(SlicePlane plane)
    {
        double[,] slice = Slice(plane, index => support[index] ? 1 : 0);
        bool[,] inside = new bool[slice.GetLength(0), slice.GetLength(1)];
        for (int row = 0; row < slice.GetLength(0); row++)
        {
            for (int column = 0; column < slice.GetLength(1); column++)
            {
                inside[row, column] = slice[row, column] > 0;
            }
        }

        return inside;
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

    private double Phase(long i) =>
        support[i] && Amplitude(i) > LeastShownAmplitude * largestAmplitude
            ? Math.Atan2(pairs[(2 * i) + 1], pairs[2 * i])
            : double.NaN;
}
