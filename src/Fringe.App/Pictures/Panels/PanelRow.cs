using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>Where a row of images stands: the box of each image, the cell around it for its axes, and the colour bar.</summary>
internal sealed record PanelRow(PixelRect[] Cells, PixelRect[] Boxes, PixelRect BarCell, PixelRect Bar)
{
    private const double MostShrinking = 3;

    /// <summary>Boxes side by side, their colour bar on the right.</summary>
    /// <param name="left">Of the first box.</param>
    /// <param name="top">Of all.</param>
    /// <param name="edge">Width of a box.</param>
    /// <param name="pitch">From one box to the next.</param>
    /// <param name="count">Boxes.</param>
    /// <param name="height">Of a box; null: as wide.</param>
    public static PanelRow Of(int left, int top, int edge, int pitch, int count, int? height = null)
    {
        int high = height ?? edge;
        PixelRect[] boxes = [.. Enumerable.Range(0, count).Select(i => At(left + (i * pitch), top, edge, high))];
        int bar = left + ((count - 1) * pitch) + edge + 16;
        return new PanelRow(
            [.. boxes.Select(box => new PixelRect(box.Left - 62, box.Right + 4, box.Bottom + 54, box.Top - 8))],
            boxes,
            new PixelRect(bar - 6, bar + 90, top + high + 54, top - 8),
            At(bar, top, 18, high)
        );
    }

    /// <summary>Draws images at one scale, so that their sizes compare, unless one would become tiny.</summary>
    public void DrawToScale(SKCanvas canvas, IReadOnlyList<ImagePanel> panels)
    {
        double[] scales = [.. panels.Select((panel, i) => panel.LargestScale(Boxes[i]))];
        for (int i = 0; i < panels.Count; i++)
        {
            double scale = scales[i] > MostShrinking * scales.Min() ? scales[i] : scales.Min();
            (panels[i] with { PixelsPerUnit = scale }).Draw(canvas, Cells[i], Boxes[i]);
        }
    }

    private static PixelRect At(int left, int top, int width, int height) => new(left, left + width, top + height, top);
}
