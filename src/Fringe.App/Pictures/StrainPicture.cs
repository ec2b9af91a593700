using Fringe.App.Pictures.Panels;
using Fringe.Core.Geometry;
using Fringe.Core.Strain;
using Fringe.Core.Volumes;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Figures;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures;

/// <summary>
/// <c>strain.png</c>: the crystal on cubic voxels in nm. Slices of strain and displacement above, its surface coloured by strain below. The
/// same crystal gives the same bytes.
/// </summary>
internal static class StrainPicture
{
    private const int Width = 1840;
    private const int Height = 1520;
    private const int Left = 82;
    private const int Edge = 350;
    private const int Pitch = 416;
    private const int Surface = 480;

    /// <summary>Strain is shown in parts of ten thousand.</summary>
    public const double StrainUnits = 1e4;

    // Voxels that a surface's colour is taken from may lie just outside the crystal.
    private const int Spreading = 3;

    /// <summary>The picture as PNG.</summary>
    /// <param name="name">Of the sample.</param>
    /// <param name="found">Borrowed.</param>
    /// <param name="figures">Of the run.</param>
    public static byte[] Render(string name, CrystalInSpace found, FigureSet figures)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        ComplexVolume psi = found.Crystal.Object;
        StrainMap map = found.Map;
        bool[] inside = [.. map.Inside];
        int[] shape = [psi.Depth, psi.Height, psi.Width];
        VolumeBox window = VolumeBox.Around(inside, shape);
        double edge = found.Crystal.VoxelNanometres;
        VoxelSize voxel = new(edge, edge, edge);
        DrawTitle(canvas, name, found, figures);

        FieldPanels strain = new(map.Strain, "strain", "strain along Q (10⁻⁴)", StrainUnits, voxel, window);
        const int strainTop = 110;
        strain.Draw(canvas, PanelRow.Of(Left, strainTop, Edge, Pitch, 3));
        const int movedTop = strainTop + Edge + 96;
        FieldPanels moved = new(
            map.DisplacementNanometres,
            "displacement",
            "displacement along Q (pm)",
            1e3,
            voxel,
            window
        );
        moved.Draw(canvas, PanelRow.Of(Left, movedTop, Edge, Pitch, 3));
        DrawHistogram(canvas, map, strain.Range.Max);
        DrawFigures(canvas, figures, movedTop);
        DrawSurfaces(canvas, psi, map, strain, window, edge, found.Crystal.Frame);

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void DrawTitle(SKCanvas canvas, string name, CrystalInSpace found, FigureSet figures)
    {
        string text =
            $"{name}   ·   {found.Scan.Beamline.Name}, {FrameWords.Of(found.Crystal.Frame)} frame   ·   "
            + $"d = {figures.Find(StrainFigures.DSpacing)?.TextWithUnit}   ·   voxel {figures.Find(StrainFigures.Voxel)?.TextWithUnit}";
        PictureText.Draw(canvas, PictureText.Shorten(text, 22, Width - 40), 20, 44, 22, PictureStyle.Ink);
    }

    private static void DrawHistogram(SKCanvas canvas, StrainMap map, double most)
    {
        var known = map.Strain.Values.Select((value, voxel) => (value, voxel)).Where(one => float.IsFinite(one.value));
        var parts = known.ToLookup(one => map.Surface[one.voxel], one => one.value);
        const int left = Left + (3 * Pitch) + 110;
        PixelRect box = new(left, Width - 20, 110 + Edge, 110);
        PixelRect cell = new(left - 70, Width, 110 + Edge + 54, 102);
        StrainHistogramPanel.Draw(canvas, [.. parts[false]], [.. parts[true]], 1.5 * most, cell, box);
    }

    private static void DrawFigures(SKCanvas canvas, FigureSet figures, int top)
    {
        int y = top + 10;
        // The resolutions stand beside their curves in the summary.
        IEnumerable<Figure> drawn = StrainFigures.All.Where(figure =>
            figure != StrainFigures.PrtfResolution && figure != StrainFigures.FscResolution
        );
        foreach (FigureValue value in figures.Known(drawn))
        {
            float x = Left + (3 * Pitch) + 60;
            PictureText.Draw(canvas, value.Figure.Name, x, y, PictureStyle.TickSize, PictureStyle.Faint);
            PictureText.Draw(
                canvas,
                value.TextWithUnit,
                Width - 20,
                y,
                PictureStyle.TickSize,
                PictureStyle.Ink,
                SKTextAlign.Right
            );
            y += 22;
        }
    }

    private static void DrawSurfaces(
        SKCanvas canvas,
        ComplexVolume psi,
        StrainMap map,
        FieldPanels strain,
        VolumeBox window,
        double edge,
        ObjectFrame frame
    )
    {
        const int top = 110 + (2 * (Edge + 96)) + 14;
        float[] known = Spread(map.Strain.Values, psi);
        SurfaceProjection drawn = SurfaceProjection.OfField(
            psi,
            known,
            strain.Range,
            PictureStyle.SignedColours,
            window
        );
        (string front, string back) =
            frame == ObjectFrame.Laboratory
                ? ("from upstream and above: y up, x to the left", "downstream and below")
                : ("from above: y (Q) up, x to the left, z into the picture", "below");
        (ObliqueView View, string Name)[] views =
        [
            (ObliqueView.Upstream, $"surface, colours as in the slices of strain, {front}"),
            (ObliqueView.Downstream, $"the same from the opposite side, {back}"),
        ];
        double scale = views.Min(view => drawn.LargestScale(view.View, Surface));
        for (int i = 0; i < views.Length; i++)
        {
            int left = Left + (i * 700);
            using SKBitmap picture = drawn.Render(views[i].View, Surface, scale);
            canvas.DrawBitmap(picture, left + 60, top);
            PictureText.Draw(
                canvas,
                views[i].Name,
                left + 60 + (Surface / 2),
                top - 4,
                PictureStyle.HeadingSize,
                PictureStyle.Ink,
                SKTextAlign.Center
            );
        }

        DrawScaleBar(canvas, scale / edge, Left + 700 + 60 + Surface + 40, top + Surface - 30);
    }

    private static void DrawScaleBar(SKCanvas canvas, double pixelsPerNanometre, float x, float y)
    {
        double length = NiceTicks.Between(0, 240 / pixelsPerNanometre, 3)[1];
        using var paint = new SKPaint { Color = PictureStyle.Ink, StrokeWidth = 3 };
        canvas.DrawLine(x, y, x + (float)(length * pixelsPerNanometre), y, paint);
        PictureText.Draw(
            canvas,
            $"{NumberText.Figure(length)} nm",
            x,
            y - 10,
            PictureStyle.LabelSize,
            PictureStyle.Ink
        );
    }

    // Voxels without a value take the mean of their neighbours', a few times over.
    private static float[] Spread(float[] values, ComplexVolume psi)
    {
        float[] spread = [.. values];
        int[] steps = [1, psi.Width, psi.Width * psi.Height];
        for (int pass = 0; pass < Spreading; pass++)
        {
            float[] before = [.. spread];
            for (int i = 0; i < before.Length; i++)
            {
                if (float.IsFinite(before[i]))
                {
                    continue;
                }

                (double sum, int count) = (0, 0);
                foreach (int step in steps)
                {
                    foreach (int near in new[] { i - step, i + step })
                    {
                        if (near >= 0 && near < before.Length && float.IsFinite(before[near]))
                        {
                            (sum, count) = (sum + before[near], count + 1);
                        }
                    }
                }

                spread[i] = count > 0 ? (float)(sum / count) : float.NaN;
            }
        }

        return [.. spread.Select(value => float.IsFinite(value) ? value : 0)];
    }
}
