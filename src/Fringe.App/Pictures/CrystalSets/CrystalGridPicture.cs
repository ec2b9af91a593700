using Fringe.App.Pictures.Panels;
using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>Crystals of a set side by side. The same data gives the same bytes.</summary>
internal static class CrystalGridPicture
{
    /// <summary>Crystals to show where nobody says how many.</summary>
    public const int Usual = 6 * Columns;

    private const int Columns = 4;
    private const int Margin = 20;
    private const int ColumnGap = 22;
    private const int RowGap = 10;
    private const int BarRoom = 112;
    private const int BarWidth = 18;
    private const int TallestBar = 440;
    private const int LeastBars = 360;
    private const float LineHeight = 1.5f * PictureStyle.LabelSize;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Render(CrystalSetData data)
    {
        double lattice = data.Provenance.LatticeConstantNanometres;
        double largest = LargestQ(data);
        CrystalTiles tiles = new(lattice, largest);
        // Few crystals stand in two rows, beside the bars.
        int columns = Math.Min(Columns, (data.Shown.Count + 1) / 2);
        int rows = (data.Shown.Count + columns - 1) / columns;
        const int pitch = CrystalTiles.NameHeight + CrystalTiles.Edge + RowGap;
        int bars = Margin + (columns * (CrystalTiles.Width + ColumnGap));
        string head = Head(largest);
        int width = bars + BarRoom;
        // Words do not fill their lines.
        float lines = MathF.Ceiling(
            PictureText.Measure(head, PictureStyle.LabelSize) / (0.92f * (width - (2 * Margin)))
        );
        int top = 14 + (int)(lines * LineHeight);
        int height = top + Math.Max(LeastBars, rows * pitch) + Margin;
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using SKSurface surface = SKSurface.Create(info);
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        PictureText.DrawParagraph(
            canvas,
            head,
            Margin,
            26,
            width - (2 * Margin),
            PictureStyle.LabelSize,
            PictureStyle.Faint
        );
        int available = (height - top - Margin) / 2;
        DrawBars(canvas, bars, top + CrystalTiles.NameHeight, Math.Min(TallestBar, available - 40));
        for (int i = 0; i < data.Shown.Count; i++)
        {
            int left = Margin + (i % columns * (CrystalTiles.Width + ColumnGap));
            tiles.Draw(canvas, data.Shown[i], left, top + (i / columns * pitch));
        }

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>q at the edges of every pattern, per nm: what all shown crystals have.</summary>
    public static double LargestQ(CrystalSetData data) =>
        data.Shown.Min(crystal => PatternSlice.Nyquist(crystal, data.Provenance.LatticeConstantNanometres));

    private static string Head(double largest) =>
        "Left: surface at half density, seen obliquely (x to the right, z up; gold: free, blue: clamped by one facet). "
        + "Middle: 2π u·(111) in the x–y plane through the centre. Right: intensity about (111), "
        + $"plane q_z = 0, q_x and q_y from −{NumberText.Figure(largest)} to {NumberText.Figure(largest)} nm⁻¹.";

    private static void DrawBars(SKCanvas canvas, int left, int top, int height)
    {
        double[] positions = [-Math.PI, -Math.PI / 2, 0, Math.PI / 2, Math.PI];
        new ColourBar(
            PictureStyle.PhaseColours,
            new ScottPlot.Range(-Math.PI, Math.PI),
            new NumericManual(positions, ["−π", "−π/2", "0", "π/2", "π"]),
            "2π u·(111) (rad)"
        ).Draw(canvas, Bar(left, top, height));
        new ColourBar(
            PictureStyle.PhotonColours,
            new ScottPlot.Range(-CrystalTiles.Decades, 0),
            NiceTicks.Logarithmic(-CrystalTiles.Decades, 0),
            "intensity / largest"
        ).Draw(canvas, Bar(left, top + height + 40, height));
    }

    private static PanelRow Bar(int left, int top, int height) =>
        new(
            [],
            [],
            new PixelRect(left - 6, left + BarRoom - 4, top + height + 12, top - 12),
            new PixelRect(left, left + BarWidth, top + height, top)
        );
}
