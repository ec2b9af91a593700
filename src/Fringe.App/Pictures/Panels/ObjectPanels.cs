using Fringe.Core.Volumes;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>Two rows of central slices of the object: amplitude above, phase inside the support below.</summary>
internal sealed class ObjectPanels
{
    /// <summary>Where there is almost no amplitude, the phase is noise that would draw the eye.</summary>
    public const double LeastShownAmplitude = 0.1;

    private static readonly ScottPlot.Range PhaseRange = new(-Math.PI, Math.PI);

    private readonly float[] pairs;
    private readonly bool[] support;
    private readonly int[] shape;
    private readonly VolumeBox box;
    private readonly double largestAmplitude;

    /// <param name="volume">The object.</param>
    /// <param name="support">Of its length.</param>
    /// <param name="window">What to show; null: the surroundings of the support.</param>
    public ObjectPanels(ComplexVolume volume, bool[] support, VolumeBox? window = null)
    {
        pairs = volume.Interleaved;
        this.support = support;
        shape = [volume.Depth, volume.Height, volume.Width];
        box = window ?? VolumeBox.Around(support, shape);
        largestAmplitude = Enumerable
            .Range(0, support.Length)
            .Where(i => support[i])
            .Select(i => Amplitude(i))
            .DefaultIfEmpty(0)
            .Max();
    }

    public void DrawAmplitude(SKCanvas canvas, PanelRow row)
    {
        double brightest = Brightest(SlicePlane.All);
        row.DrawToScale(canvas, [.. SlicePlane.All.Select(plane => AmplitudePanel(plane, brightest))]);
        AmplitudeBar(brightest).Draw(canvas, row);
    }

    public void DrawPhase(SKCanvas canvas, PanelRow row)
    {
        row.DrawToScale(canvas, [.. SlicePlane.All.Select(PhasePanel)]);
        PhaseBar.Draw(canvas, row);
    }

    /// <summary>The largest amplitude in some planes; 1 where there is none.</summary>
    public double Brightest(IEnumerable<SlicePlane> planes)
    {
        double brightest = planes
            .SelectMany(plane => Slice(plane, Amplitude).Cast<double>())
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .Max();
        return brightest > 0 ? brightest : 1;
    }

    /// <summary>The amplitude in a plane, the support outlined.</summary>
    /// <param name="plane">Through the middle.</param>
    /// <param name="brightest">Amplitude of the last colour.</param>
    public ImagePanel AmplitudePanel(SlicePlane plane, double brightest) =>
        Panel(plane, Amplitude, new ScottPlot.Range(0, brightest), PictureStyle.AmplitudeColours, "amplitude") with
        {
            Outline = Inside(plane),
        };

    /// <summary>The phase inside the support in a plane.</summary>
    public ImagePanel PhasePanel(SlicePlane plane) =>
        Panel(plane, Phase, PhaseRange, PictureStyle.PhaseColours, "phase");

    /// <summary>The scale of amplitudes.</summary>
    public static ColourBar AmplitudeBar(double brightest)
    {
        return new ColourBar(
            PictureStyle.AmplitudeColours,
            new ScottPlot.Range(0, brightest),
            NiceTicks.Linear(0, brightest, 6),
            "amplitude (arb. units)"
        );
    }

    /// <summary>The scale of phases.</summary>
    public static ColourBar PhaseBar =>
        new(
            PictureStyle.PhaseColours,
            PhaseRange,
            new NumericManual([-Math.PI, -Math.PI / 2, 0, Math.PI / 2, Math.PI], ["−π", "−π/2", "0", "π/2", "π"]),
            $"phase (rad), amplitude > {LeastShownAmplitude:P0}"
        );

    private ImagePanel Panel(
        SlicePlane plane,
        Func<long, double> value,
        ScottPlot.Range range,
        IColormap colours,
        string quantity
    ) =>
        new()
        {
            Values = Slice(plane, value),
            Range = range,
            Colours = colours,
            Missing = PictureStyle.Outside,
            Rows = AxisScale.Of(plane.Row, box, shape, voxel: null),
            Columns = AxisScale.Of(plane.Column, box, shape, voxel: null),
            Heading = $"{quantity}, {plane.Describe(box.Centre(plane.Fixed, shape))}",
        };

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

    private double[,] Slice(SlicePlane plane, Func<long, double> value) =>
        plane.Extract(shape, box, box.Centre(plane.Fixed, shape), value);

    private double Amplitude(long i) =>
        Math.Sqrt(((double)pairs[2 * i] * pairs[2 * i]) + ((double)pairs[(2 * i) + 1] * pairs[(2 * i) + 1]));

    private double Phase(long i) =>
        support[i] && Amplitude(i) > LeastShownAmplitude * largestAmplitude
            ? Math.Atan2(pairs[(2 * i) + 1], pairs[2 * i])
            : double.NaN;
}
