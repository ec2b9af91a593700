using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>A slice as an image with axes: sharp voxels, row 0 at the bottom.</summary>
internal sealed record ImagePanel
{
    /// <summary>Longest ratio of the sides when <see cref="MayStretch"/> is set.</summary>
    private const double StretchLimit = 2.5;

    /// <summary>Rows and columns; NaN is painted in <see cref="Missing"/>.</summary>
    public required double[,] Values { get; init; }

    public required ScottPlot.Range Range { get; init; }

    public required IColormap Colours { get; init; }

    public required Color Missing { get; init; }

    public required AxisScale Rows { get; init; }

    public required AxisScale Columns { get; init; }

    public required string Heading { get; init; }

    /// <summary>Leaves out labels and ticks on the left, for the right one of a pair.</summary>
    public bool HideRowAxis { get; init; }

    /// <summary>Fills the box better when the slice is very long; for patterns, whose axes are not lengths.</summary>
    public bool MayStretch { get; init; }

    /// <summary>Pixels per unit of the axes; null: as large as the box allows.</summary>
    public double? PixelsPerUnit { get; init; }

    /// <summary>Voxels around which a thin line is drawn; null for none.</summary>
    public bool[,]? Outline { get; init; }

    /// <summary>The largest scale at which the image fits into a box.</summary>
    public double LargestScale(PixelRect box) =>
        Math.Min(box.Width / (Values.GetLength(1) * Columns.Step), box.Height / (Values.GetLength(0) * Rows.Step));

    /// <summary>Draws the image as large as it fits into <paramref name="box"/>, which lies in <paramref name="cell"/>.</summary>
    public void Draw(SKCanvas canvas, PixelRect cell, PixelRect box)
    {
        PixelRect data = Fit(box);
        double[,] values = Reduce(data);
        int rows = values.GetLength(0);
        int columns = values.GetLength(1);

        Plot plot = PictureStyle.NewPlot(data);
        plot.DataBackground.Color = Missing;
        AddImage(plot, values);
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);

        var columnScale = Columns with { Step = Columns.Step * Values.GetLength(1) / columns };
        var rowScale = Rows with { Step = Rows.Step * Values.GetLength(0) / rows };
        plot.Axes.Bottom.TickGenerator = columnScale.Ticks(columns, data.Width);
        plot.Axes.Bottom.Label.Text = Columns.Label;
        plot.Axes.Left.TickGenerator = HideRowAxis
            ? new ScottPlot.TickGenerators.EmptyTickGenerator()
            : rowScale.Ticks(rows, data.Height);
        plot.Axes.Left.Label.Text = HideRowAxis ? string.Empty : Rows.Label;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 58;
        PictureStyle.Render(plot, canvas, cell);
        DrawOutline(canvas, data);
        PictureText.Draw(
            canvas,
            Heading,
            box.HorizontalCenter,
            data.Top - 9,
            PictureStyle.HeadingSize,
            PictureStyle.Ink,
            SKTextAlign.Center
        );
    }

    private void AddImage(Plot plot, double[,] values)
    {
        // ScottPlot cannot draw a map of nothing but NaN.
        if (values.Cast<double>().All(double.IsNaN))
        {
            var nothing = plot.Add.Rectangle(-0.5, values.GetLength(1) - 0.5, -0.5, values.GetLength(0) - 0.5);
            nothing.FillStyle.Color = Missing;
            nothing.LineStyle.Width = 0;
            return;
        }

        ScottPlot.Plottables.Heatmap image = plot.Add.Heatmap(values);
        image.FlipVertically = true;
        image.Colormap = Colours;
        image.ManualRange = Range;
        image.NaNCellColor = Missing;
    }

    /// <summary>Draws the edges between voxels inside and outside.</summary>
    private void DrawOutline(SKCanvas canvas, PixelRect data)
    {
        if (Outline is null)
        {
            return;
        }

        int rows = Outline.GetLength(0);
        int columns = Outline.GetLength(1);
        float wide = data.Width / columns;
        float high = data.Height / rows;
        bool Inside(int row, int column) =>
            row >= 0 && row < rows && column >= 0 && column < columns && Outline[row, column];
        using var paint = new SKPaint { Color = new SKColor(255, 255, 255, 200), StrokeWidth = 1 };
        for (int row = 0; row <= rows; row++)
        {
            for (int column = 0; column <= columns; column++)
            {
                float left = data.Left + (column * wide);
                float low = data.Bottom - (row * high);
                if (column < columns && Inside(row, column) != Inside(row - 1, column))
                {
                    canvas.DrawLine(left, low, left + wide, low, paint);
                }

                if (row < rows && Inside(row, column) != Inside(row, column - 1))
                {
                    canvas.DrawLine(left, low, left, low - high, paint);
                }
            }
        }
    }

    private PixelRect Fit(PixelRect box)
    {
        double width = Values.GetLength(1) * Columns.Step;
        double height = Values.GetLength(0) * Rows.Step;
        if (MayStretch)
        {
            width = Math.Max(width, height / StretchLimit);
            height = Math.Max(height, width / StretchLimit);
        }

        double scale = PixelsPerUnit ?? Math.Min(box.Width / width, box.Height / height);
        float drawnWidth = WholeVoxels(width * scale, Values.GetLength(1));
        float drawnHeight = WholeVoxels(height * scale, Values.GetLength(0));
        float left = MathF.Round(box.HorizontalCenter - (drawnWidth / 2));
        float top = MathF.Round(box.VerticalCenter - (drawnHeight / 2));
        return new PixelRect(left, left + drawnWidth, top + drawnHeight, top);
    }

    /// <summary>A length in which every voxel has the same number of pixels, where that costs little.</summary>
    private static float WholeVoxels(double pixels, int voxels)
    {
        double each = pixels / voxels;
        return (float)(each >= 6 ? Math.Floor(each) * voxels : Math.Max(2, Math.Round(pixels)));
    }

    /// <summary>Averages blocks of voxels where several fall on a pixel: dropping some would lose narrow fringes.</summary>
    private double[,] Reduce(PixelRect data)
    {
        int byRow = Math.Max(1, (int)Math.Floor(Values.GetLength(0) / data.Height));
        int byColumn = Math.Max(1, (int)Math.Floor(Values.GetLength(1) / data.Width));
        return byRow == 1 && byColumn == 1 ? Values : BlockMean.Of(Values, byRow, byColumn);
    }
}
