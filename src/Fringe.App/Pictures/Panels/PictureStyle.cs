using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>Colours, sizes and the bare plot that every panel starts from.</summary>
internal static class PictureStyle
{
    public const float HeadingSize = 15;
    public const float LabelSize = 14;
    public const float TickSize = 13;

    /// <summary>Voxels that were not measured: a grey that is in none of the colour maps.</summary>
    public static readonly Color NotMeasured = new(158, 164, 170);

    /// <summary>Outside the support, where a phase has no meaning.</summary>
    public static readonly Color Outside = new(240, 241, 243);

    public static readonly SKColor Ink = new(32, 36, 42);
    public static readonly SKColor Faint = new(96, 102, 110);

    /// <summary>Amplitude: sequential, perceptually uniform.</summary>
    public static IColormap AmplitudeColours { get; } = new ScottPlot.Colormaps.Viridis();

    /// <summary>Phase: cmocean's "phase", perceptually uniform and cyclic (a test holds that).</summary>
    public static IColormap PhaseColours { get; } = new ScottPlot.Colormaps.Phase();

    /// <summary>Strain and displacement: diverging from white, cmocean's "balance".</summary>
    public static IColormap SignedColours { get; } = new ScottPlot.Colormaps.Balance();

    /// <summary>Photons: sequential, from black.</summary>
    public static IColormap PhotonColours { get; } = new ScottPlot.Colormaps.Inferno();

    /// <summary>A plot whose data area is exactly <paramref name="data"/>, in pixels of the whole picture.</summary>
    public static Plot NewPlot(PixelRect data)
    {
        _ = PictureFont.Typeface;
        var plot = new Plot();
        plot.Layout.Fixed(data);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.HideGrid();
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Color = Color.FromSKColor(Ink);
            axis.MajorTickStyle.Color = Color.FromSKColor(Ink);
            axis.MinorTickStyle.Color = Color.FromSKColor(Ink);
            axis.Label.Bold = false;
            axis.Label.FontSize = LabelSize;
            axis.Label.ForeColor = Color.FromSKColor(Ink);
            axis.TickLabelStyle.FontSize = TickSize;
            axis.TickLabelStyle.ForeColor = Color.FromSKColor(Ink);
        }

        return plot;
    }

    /// <summary>Draws the plot into <paramref name="cell"/>, which it paints over.</summary>
    public static void Render(Plot plot, SKCanvas canvas, PixelRect cell)
    {
        plot.Font.Set(PictureFont.Family);
        canvas.Save();
        plot.Render(canvas, cell);
        canvas.Restore();
    }
}
