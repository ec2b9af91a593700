using Fringe.App.Pictures.Panels;
using Fringe.App.Reports;
using Fringe.Formats.Writing;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures;

/// <summary>
/// <c>summary.png</c>: the result of a phasing run on one page. Object slices above, measured and modelled pattern below,
/// chi and PRTF at the right. The same report gives the same bytes.
/// </summary>
internal static class SummaryPicture
{
    public const int Width = 1800;
    public const int Height = 1330;

    private const int Margin = 20;
    private const int ObjectBox = 350;
    private const int ObjectPitch = 416;
    private const int PatternBox = 244;
    private const int PatternPitch = 560;
    private const int AxisRoom = 62;
    private const int BarWidth = 18;

    /// <summary>Draws the report and replaces the file at <paramref name="path"/>.</summary>
    /// <exception cref="ArgumentException">The arrays of the report do not belong together.</exception>
    public static void Write(PhasingReport report, string path) => AsideFile.WriteAll(path, Render(report));

    /// <summary>The picture as PNG.</summary>
    /// <exception cref="ArgumentException">The arrays of the report do not belong together.</exception>
    public static byte[] Render(PhasingReport report)
    {
        report.Validate();
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        PictureTitle.Draw(canvas, report, Margin, 44, Width - (2 * Margin));

        const int amplitudeTop = 96;
        const int phaseTop = amplitudeTop + ObjectBox + 94;
        const int patternTop = phaseTop + ObjectBox + 102;
        var panels = new ObjectPanels(report.Object, report.Support);
        panels.DrawAmplitude(canvas, ObjectRow(amplitudeTop));
        panels.DrawPhase(canvas, ObjectRow(phaseTop));
        DrawCurves(canvas, report, amplitudeTop, phaseTop);
        DrawPatterns(canvas, report, patternTop);

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void DrawCurves(SKCanvas canvas, PhasingReport report, int chiTop, int prtfTop)
    {
        const int left = 1440;
        const int right = Width - Margin;
        ChiPanel.Draw(canvas, report, Cell(left - 76, Width, chiTop, ObjectBox), Box(left, right, chiTop, ObjectBox));
        ResolutionPanel.Draw(
            canvas,
            report,
            Cell(left - 76, Width, prtfTop, ObjectBox),
            Box(left, right, prtfTop, ObjectBox)
        );
    }

    private static void DrawPatterns(SKCanvas canvas, PhasingReport report, int top)
    {
        var cells = new PixelRect[6];
        var boxes = new PixelRect[6];
        for (int i = 0; i < 6; i++)
        {
            int left = Margin + AxisRoom + (i / 2 * PatternPitch) + (i % 2 * (PatternBox + 10));
            int room = i % 2 == 0 ? AxisRoom : 4;
            cells[i] = Cell(left - room, left + PatternBox + 4, top, PatternBox);
            boxes[i] = Box(left, left + PatternBox, top, PatternBox);
        }

        int bar = (int)boxes[5].Right + 18;
        var row = new PanelRow(
            cells,
            boxes,
            Cell(bar - 6, Width, top, PatternBox),
            Box(bar, bar + BarWidth, top, PatternBox)
        );
        new PatternPanels(report.Measured, report.Modelled, report.Mask).Draw(canvas, row);
        if (Array.IndexOf(report.Mask, true) >= 0)
        {
            DrawMaskKey(canvas, top + PatternBox + 60);
        }
    }

    private static void DrawMaskKey(SKCanvas canvas, int y)
    {
        using var paint = new SKPaint { Color = PictureStyle.NotMeasured.ToSKColor() };
        canvas.DrawRect(Margin + AxisRoom, y - 11, 13, 13, paint);
        PictureText.Draw(
            canvas,
            "not measured (masked)",
            Margin + AxisRoom + 19,
            y,
            PictureStyle.TickSize,
            PictureStyle.Faint
        );
    }

    private static PanelRow ObjectRow(int top)
    {
        int[] lefts = [.. Enumerable.Range(0, 3).Select(i => Margin + AxisRoom + (i * ObjectPitch))];
        int bar = lefts[^1] + ObjectBox + 14;
        return new PanelRow(
            [.. lefts.Select(left => Cell(left - AxisRoom, left + ObjectBox + 4, top, ObjectBox))],
            [.. lefts.Select(left => Box(left, left + ObjectBox, top, ObjectBox))],
            Cell(bar - 6, bar + BarWidth + 72, top, ObjectBox),
            Box(bar, bar + BarWidth, top, ObjectBox)
        );
    }

    /// <summary>A box with the room that its axis labels take.</summary>
    private static PixelRect Cell(int left, int right, int top, int height) =>
        new(left, right, top + height + 54, top - 8);

    private static PixelRect Box(int left, int right, int top, int height) => new(left, right, top + height, top);
}
