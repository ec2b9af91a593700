using Fringe.App.Pictures.Panels;
using Fringe.Formats.Crystals;
using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>One crystal of the grid: its name, its surface, its phase and its pattern side by side.</summary>
/// <param name="LatticeNanometres">The lattice constant.</param>
/// <param name="LargestQ">q at the patterns' edges, per nm: the same for all, so that fringes compare.</param>
internal sealed record CrystalTiles(double LatticeNanometres, double LargestQ)
{
    /// <summary>Edge of each of the three images.</summary>
    public const int Edge = 140;

    /// <summary>Room between them.</summary>
    public const int Gap = 4;

    /// <summary>Width of the whole.</summary>
    public const int Width = (3 * Edge) + (2 * Gap);

    /// <summary>Height of the name above them.</summary>
    public const int NameHeight = 22;

    /// <summary>Decades that a pattern shows.</summary>
    public const double Decades = 7;

    private const double Margin = 12;
    private const int ScaleHeight = 8;
    private const float NameSize = 12.5f;
    private const float ScaleSize = 11;
    private const double LongestScale = 0.4;

    /// <summary>Draws them with their upper left corner at a place.</summary>
    public void Draw(SKCanvas canvas, CrystalRecord crystal, float left, float top)
    {
        DrawName(canvas, crystal, left, top);
        top += NameHeight;
        VoxelField density = VoxelField.Of(crystal);
        double scale = PixelsPerVoxel(density);
        Color colour = crystal.IsClamped ? CrystalColours.ClampedSurface : CrystalColours.FreeSurface;
        using (SKBitmap surface = SurfaceRenderer.Render(density, ObliqueView.Front, Edge, scale, (_, _) => colour))
        {
            DrawBitmap(canvas, surface, SKRect.Create(left, top, Edge, Edge));
        }

        DrawFrame(canvas, left, top);
        left += Edge + Gap;
        DrawPhase(canvas, crystal, scale, left, top);
        DrawFrame(canvas, left, top);
        left += Edge + Gap;
        double[,] pattern = PatternSlice.Of(crystal, LatticeNanometres, Edge, LargestQ);
        using SKBitmap image = ToBitmap(
            pattern,
            PictureStyle.PhotonColours,
            value => (Math.Clamp(value, -Decades, 0) + Decades) / Decades
        );
        DrawBitmap(canvas, image, SKRect.Create(left, top, Edge, Edge));
    }

    private void DrawName(SKCanvas canvas, CrystalRecord crystal, float left, float top)
    {
        float y = top + NameHeight - 7;
        double size = crystal.Extent.Max() * LatticeNanometres;
        string text =
            $"{crystal.Index}   {NumberText.Count(crystal.Atoms)} atoms, {NumberText.Figure(size)} nm, "
            + $"{crystal.Facets} facets, strain left {NumberText.Figure(100 * crystal.StrainLeft)} %";
        PictureText.Draw(canvas, text, left, y, NameSize, PictureStyle.Ink);
        if (crystal.IsClamped)
        {
            float after = left + PictureText.Measure(text, NameSize) + 8;
            PictureText.Draw(canvas, "clamped", after, y, NameSize, CrystalColours.Clamped.ToSKColor());
        }
    }

    private void DrawPhase(SKCanvas canvas, CrystalRecord crystal, double scale, float left, float top)
    {
        using SKBitmap image = ToBitmap(
            PhaseSlice.Of(crystal),
            PictureStyle.PhaseColours,
            value => (value + Math.PI) / (2 * Math.PI)
        );
        float edge = (float)(crystal.FieldVoxels * scale);
        // The centre of voxel N/2 in the middle.
        float shift = (float)(0.5 * scale) * (crystal.FieldVoxels % 2 == 0 ? 1 : 0);
        var whole = SKRect.Create(
            left + ((Edge - edge) / 2) - shift,
            top + ((Edge - edge - ScaleHeight) / 2) + shift,
            edge,
            edge
        );
        canvas.Save();
        canvas.ClipRect(SKRect.Create(left, top, Edge, Edge));
        using (var paint = new SKPaint { Color = PictureStyle.Outside.ToSKColor() })
        {
            canvas.DrawRect(left, top, Edge, Edge, paint);
        }

        DrawBitmap(canvas, image, whole);
        canvas.Restore();
        DrawScale(canvas, scale / (crystal.VoxelLatticeUnits * LatticeNanometres), left, top);
    }

    // A round length in the lower left corner.
    private static void DrawScale(SKCanvas canvas, double pixelsPerNanometre, float left, float top)
    {
        double longest = LongestScale * Edge / pixelsPerNanometre;
        double power = Math.Pow(10, Math.Floor(Math.Log10(longest)));
        double length = new[] { 5, 2, 1 }.Select(factor => factor * power).First(value => value <= longest);
        float y = top + Edge - 8;
        float end = left + 6 + (float)(length * pixelsPerNanometre);
        using var paint = new SKPaint { Color = PictureStyle.Ink, StrokeWidth = 2 };
        canvas.DrawLine(left + 6, y, end, y, paint);
        PictureText.Draw(canvas, $"{NiceTicks.Plain(length)} nm", end + 5, y + 4, ScaleSize, PictureStyle.Ink);
    }

    // The surface and the slice at one scale, as large as both fit.
    private static double PixelsPerVoxel(VoxelField density)
    {
        (double width, double height) = SurfaceRenderer.Extent(density, ObliqueView.Front);
        double slice = density
            .Inside()
            .Select(at => Math.Max(Math.Abs(at[0]), Math.Abs(at[1])))
            .DefaultIfEmpty(1)
            .Max();
        return (Edge - (2 * Margin)) / Math.Max((2 * slice) + 1, Math.Max(width, height));
    }

    private static SKBitmap ToBitmap(double[,] values, IColormap colours, Func<double, double> place)
    {
        (int rows, int columns) = (values.GetLength(0), values.GetLength(1));
        var bitmap = new SKBitmap(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double value = values[rows - 1 - row, column];
                Color colour = double.IsNaN(value)
                    ? PictureStyle.Outside
                    : colours.GetColor(Math.Clamp(place(value), 0, 1));
                bitmap.SetPixel(column, row, colour.ToSKColor());
            }
        }

        return bitmap;
    }

    private static void DrawBitmap(SKCanvas canvas, SKBitmap bitmap, SKRect place)
    {
        using SKImage image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static void DrawFrame(SKCanvas canvas, float left, float top)
    {
        using var paint = new SKPaint { Color = new SKColor(214, 217, 221), IsStroke = true };
        canvas.DrawRect(left + 0.5f, top + 0.5f, Edge - 1, Edge - 1, paint);
    }
}
