using Fringe.App.Pictures.Panels;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Writing;
using Fringe.Imaging;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures;

/// <summary>
/// The picture of <c>fringe inspect</c>: the brightest frame and the sum over the rocking curve, grey where masked, and in how many frames each pixel is masked. Row 0 is at
/// the bottom.
/// </summary>
internal static class InspectPicture
{
    public const int Width = 1460;
    public const int Height = 520;

    private const int Left = 82;
    private const int Top = 96;
    private const int Box = 340;
    private const int Pitch = 468;
    private const int BarGap = 8;
    private const int BarWidth = 12;

    /// <summary>Sees that a picture may be written.</summary>
    /// <param name="path">Of the picture.</param>
    /// <param name="inputs">Files that are read, none of which is ever replaced.</param>
    /// <param name="force">Replace a picture that is there.</param>
    /// <exception cref="InputException">No PNG file, one that is read, or one that is there.</exception>
    public static void RequirePlace(string path, IReadOnlyList<string> inputs, bool force)
    {
        WrittenPath.RequireNoInput(path, inputs);
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw InputException.ForFile(path, "the picture is a PNG file; name it so, as in picture.png");
        }

        WrittenPath.RequireFree(path, force);
    }

    /// <summary>Draws and replaces the file at <paramref name="path"/>; its folder is made where it is not there.</summary>
    public static void Write(string path, InspectedMeasurement inspected)
    {
        WrittenPath.MakeFolder(path);
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        StackPreview preview = inspected.Preview;
        string peak = string.Join(", ", inspected.Preparation.Peak);
        PictureText.Draw(
            canvas,
            $"{inspected.Measurement.Name}: peak at frame, row, column {peak}",
            20,
            44,
            22,
            PictureStyle.Ink
        );
        DrawPhotons(canvas, 0, preview.Frame, $"brightest frame, {preview.BrightestFrame} (photons)");
        DrawPhotons(canvas, 1, preview.Sum, "sum over the rocking curve (photons)");
        ScottPlot.Range shares = new(0, 1);
        Draw(canvas, 2, preview.MaskedShare, value => value, shares, "share of the frames in which a pixel is masked");
        DrawBar(canvas, 2, new(PictureStyle.AmplitudeColours, shares, NiceTicks.Linear(0, 1, 5), ""));
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        AsideFile.WriteAll(path, png.ToArray());
    }

    private static void DrawPhotons(SKCanvas canvas, int place, RealVolume image, string heading)
    {
        double top = Math.Max(1, Math.Log10(image.Values.Where(float.IsFinite).DefaultIfEmpty(1).Max()));
        ScottPlot.Range range = new(Math.Log10(0.5), top);
        Draw(
            canvas,
            place,
            image,
            value =>
                float.IsNaN(value) ? double.NaN : Math.Clamp(Math.Log10(Math.Max(value, 1e-9)), range.Min, range.Max),
            range,
            heading
        );
        DrawBar(canvas, place, new(PictureStyle.PhotonColours, range, NiceTicks.Logarithmic(range.Min, range.Max), ""));
    }

    private static void Draw(
        SKCanvas canvas,
        int place,
        RealVolume image,
        Func<float, double> value,
        ScottPlot.Range range,
        string heading
    )
    {
        double[,] values = new double[image.Height, image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                values[y, x] = value(image[0, y, x]);
            }
        }

        PanelRow row = PanelRow.Of(Left + (place * Pitch), Top, Box, Pitch, 1);
        ImagePanel panel = new()
        {
            Values = values,
            Range = range,
            Colours = place == 2 ? PictureStyle.AmplitudeColours : PictureStyle.PhotonColours,
            Missing = PictureStyle.NotMeasured,
            Rows = new AxisScale("row (pixel)", 0, 1),
            Columns = new AxisScale("column (pixel)", 0, 1),
            Heading = heading,
            MayStretch = true,
        };
        panel.Draw(canvas, row.Cells[0], row.Boxes[0]);
    }

    private static void DrawBar(SKCanvas canvas, int place, ColourBar bar)
    {
        int left = Left + (place * Pitch) + Box + BarGap;
        PanelRow row = PanelRow.Of(Left + (place * Pitch), Top, Box, Pitch, 1);
        PixelRect slim = new(left, left + BarWidth, Top + Box, Top);
        bar.Draw(
            canvas,
            row with
            {
                Bar = slim,
                BarCell = new PixelRect(left - 6, left + 60, Top + Box + 54, Top - 8),
            }
        );
    }
}
