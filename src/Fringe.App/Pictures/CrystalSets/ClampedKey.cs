using Fringe.App.Pictures.Panels;
using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>Says which colour is which: free crystals, clamped ones, and the dashed median.</summary>
internal static class ClampedKey
{
    /// <summary>Draws it on one line; <paramref name="y"/> is its baseline.</summary>
    public static void Draw(SKCanvas canvas, CrystalSetData data, float x, float y)
    {
        int clamped = data.Crystals.Count(crystal => crystal.IsClamped);
        x = Add(canvas, CrystalColours.Free, $"free ({NumberText.Count(data.Crystals.Count - clamped)})", x, y);
        if (clamped > 0)
        {
            Add(canvas, CrystalColours.Clamped, $"clamped by one facet ({NumberText.Count(clamped)})", x, y);
        }
    }

    private static float Add(SKCanvas canvas, Color colour, string text, float x, float y)
    {
        using var paint = new SKPaint { Color = colour.ToSKColor() };
        canvas.DrawRect(x, y - 12, 14, 14, paint);
        PictureText.Draw(canvas, text, x + 20, y, PictureStyle.LabelSize, PictureStyle.Ink);
        return x + 20 + PictureText.Measure(text, PictureStyle.LabelSize) + 26;
    }
}
