using Fringe.App.Pictures.Panels;
using Fringe.Core.Volumes;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Figures;
using SkiaSharp;

namespace Fringe.App.Pictures;

/// <summary>
/// <c>compare.png</c>: a column for each way and, where it is known, for the truth; surface, amplitude, phase and pattern below each
/// other. The same comparison gives the same bytes.
/// </summary>
internal static class ComparePicture
{
    private const int Left = 82;
    private const int Box = 350;
    private const int Pitch = 416;
    private const int BarRoom = 106;
    private const int LeastBox = 240;
    private const int RowRoom = 94;
    private const int SurfaceEdge = 270;
    private const int SurfacePitch = SurfaceEdge + 28;
    private const int SurfaceTop = 168;
    private static readonly SlicePlane Plane = SlicePlane.All[0];
    private static readonly (ObliqueView View, string Name)[] Views =
    [
        (ObliqueView.Front, "surface, from above"),
        (ObliqueView.Back, "surface, from the opposite side"),
    ];

    /// <summary>Width of the picture in pixels.</summary>
    public static int Width(int columns) => Left + ((columns - 1) * Pitch) + Box + BarRoom;

    /// <summary>The picture as PNG.</summary>
    /// <param name="title">The line above.</param>
    /// <param name="measured">Photons.</param>
    /// <param name="mask">true = not measured; of its length.</param>
    /// <param name="drawn">The columns; all of one shape.</param>
    public static byte[] Render(string title, RealVolume measured, bool[] mask, IReadOnlyList<DrawnObject> drawn)
    {
        int width = Width(drawn.Count);
        VolumeBox window = Window(drawn);
        // The slices of a flat crystal need less room.
        int objectBox = Math.Clamp(Box * window.Count[Plane.Row] / window.Count[Plane.Column], LeastBox, Box);
        int amplitudeTop = SurfaceTop + (Views.Length * SurfacePitch) + 28;
        int phaseTop = amplitudeTop + objectBox + RowRoom;
        int patternTop = phaseTop + objectBox + RowRoom;
        int height = patternTop + Box + 70;
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        PictureText.Draw(canvas, PictureText.Shorten(title, 22, width - 40), 20, 44, 22, PictureStyle.Ink);
        for (int i = 0; i < drawn.Count; i++)
        {
            DrawHeading(canvas, drawn[i], Left + (i * Pitch) + (Box / 2));
        }

        DrawSurfaces(canvas, drawn, window);
        ObjectPanels[] objects = [.. drawn.Select(one => new ObjectPanels(one.Object, one.Support, window))];
        double brightest = objects.Max(panels => panels.Brightest([Plane]));
        DrawRow(
            canvas,
            amplitudeTop,
            objectBox,
            [.. objects.Select(panels => panels.AmplitudePanel(Plane, brightest))],
            ObjectPanels.AmplitudeBar(brightest)
        );
        DrawRow(
            canvas,
            phaseTop,
            objectBox,
            [.. objects.Select(panels => panels.PhasePanel(Plane))],
            ObjectPanels.PhaseBar
        );
        PatternPanels[] patterns = [.. drawn.Select(one => new PatternPanels(measured, one.Modelled, mask))];
        DrawRow(canvas, patternTop, Box, [.. patterns.Select(panels => panels.Halves(Plane))], patterns[0].Bar);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static string Below(DrawnObject drawn) =>
        drawn is { Chi: { } chi, Seconds: { } seconds }
            ? $"chi {NumberText.Figure(chi)}   ·   {NumberText.Figure(seconds)} s"
            : "as given";

    private static void DrawHeading(SKCanvas canvas, DrawnObject drawn, float middle)
    {
        PictureText.Draw(canvas, drawn.Name, middle, 96, 20, PictureStyle.Ink, SKTextAlign.Center);
        PictureText.Draw(
            canvas,
            Below(drawn),
            middle,
            122,
            PictureStyle.HeadingSize,
            PictureStyle.Faint,
            SKTextAlign.Center
        );
    }

    private static VolumeBox Window(IReadOnlyList<DrawnObject> drawn)
    {
        bool[] any = new bool[drawn[0].Support.Length];
        for (int i = 0; i < any.Length; i++)
        {
            any[i] = drawn.Any(one => one.Support[i]);
        }

        return VolumeBox.Around(any, [drawn[0].Object.Depth, drawn[0].Object.Height, drawn[0].Object.Width]);
    }

    // At one scale, so that their sizes compare.
    private static void DrawSurfaces(SKCanvas canvas, IReadOnlyList<DrawnObject> drawn, VolumeBox window)
    {
        SurfaceProjection[] surfaces = [.. drawn.Select(one => SurfaceProjection.OfPhase(one.Object, window))];
        double scale = surfaces.Min(one => Views.Min(view => one.LargestScale(view.View, SurfaceEdge)));
        for (int i = 0; i < surfaces.Length; i++)
        {
            float left = Left + (i * Pitch) + ((Box - SurfaceEdge) / 2);
            for (int view = 0; view < Views.Length; view++)
            {
                int top = SurfaceTop + (view * SurfacePitch);
                using SKBitmap bitmap = surfaces[i].Render(Views[view].View, SurfaceEdge, scale);
                canvas.DrawBitmap(bitmap, left, top);
                PictureText.Draw(
                    canvas,
                    Views[view].Name,
                    left + (SurfaceEdge / 2),
                    top - 6,
                    PictureStyle.HeadingSize,
                    PictureStyle.Ink,
                    SKTextAlign.Center
                );
            }
        }

        (ObjectPanels.PhaseBar with { Label = "phase (rad)" }).Draw(
            canvas,
            PanelRow.Of(Left, SurfaceTop + (SurfaceEdge / 2), Box, Pitch, drawn.Count, SurfaceEdge)
        );
    }

    private static void DrawRow(SKCanvas canvas, int top, int height, ImagePanel[] panels, ColourBar bar)
    {
        PanelRow row = PanelRow.Of(Left, top, Box, Pitch, panels.Length, height);
        for (int i = 0; i < panels.Length; i++)
        {
            panels[i].Draw(canvas, row.Cells[i], row.Boxes[i]);
        }

        bar.Draw(canvas, row);
    }
}
