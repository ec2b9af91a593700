using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Reports.CrystalSets.Drawing;

/// <summary>
/// Draws the surface of a crystal at half its density by following rays from the eye, lit by one lamp; what is farther away
/// is darker.
/// </summary>
internal static class SurfaceRenderer
{
    private const int RaysAcrossPixel = 2;
    private const double Step = 0.7;
    private const int Halvings = 5;

    private const double Ambient = 0.42;
    private const double Diffuse = 0.62;
    private const double Gloss = 0.16;
    private const double FarthestLight = 0.84;

    /// <param name="density">The crystal.</param>
    /// <param name="pixels">Edge of the picture.</param>
    /// <param name="pixelsPerVoxel">Its scale.</param>
    /// <param name="colour">Of the surface in full light.</param>
    /// <returns>White where no crystal is; belongs to the caller.</returns>
    public static SKBitmap Render(DensityGrid density, int pixels, double pixelsPerVoxel, Color colour)
    {
        (double[] middle, double depth) = Bounds(density);
        var bitmap = new SKBitmap(pixels, pixels, SKColorType.Rgba8888, SKAlphaType.Opaque);
        const int rays = RaysAcrossPixel * RaysAcrossPixel;
        for (int row = 0; row < pixels; row++)
        {
            for (int column = 0; column < pixels; column++)
            {
                double[] sum = [0, 0, 0];
                for (int ray = 0; ray < rays; ray++)
                {
                    double right = (column + ((0.5 + (ray % RaysAcrossPixel)) / RaysAcrossPixel)) - (0.5 * pixels);
                    double up = (0.5 * pixels) - (row + ((0.5 + (ray / RaysAcrossPixel)) / RaysAcrossPixel));
                    double[] start = Along(middle, right / pixelsPerVoxel, up / pixelsPerVoxel);
                    double[] light = Follow(density, start, depth, colour);
                    for (int i = 0; i < 3; i++)
                    {
                        sum[i] += light[i] / rays;
                    }
                }

                bitmap.SetPixel(column, row, new SKColor((byte)sum[0], (byte)sum[1], (byte)sum[2]));
            }
        }

        return bitmap;
    }

    /// <summary>Extent of the crystal on the picture, voxels: to the right and upwards.</summary>
    public static (double Width, double Height) Extent(DensityGrid density)
    {
        double[][] inside = [.. density.Inside()];
        return (Reach(inside, ObliqueView.Right), Reach(inside, ObliqueView.Up));
    }

    private static double Reach(double[][] inside, double[] axis)
    {
        double[] along = [.. inside.Select(at => ObliqueView.Dot(at, axis)).DefaultIfEmpty(0)];
        return along.Max() - along.Min() + 1;
    }

    // The middle of what is seen, and how far the crystal reaches from there towards the eye and away from it.
    private static (double[] Middle, double Depth) Bounds(DensityGrid density)
    {
        double[] middle = [0, 0, 0];
        double depth = 1;
        double[][] inside = [.. density.Inside()];
        foreach (double[] axis in new[] { ObliqueView.Right, ObliqueView.Up, ObliqueView.Eye })
        {
            double[] along = [.. inside.Select(at => ObliqueView.Dot(at, axis)).DefaultIfEmpty(0)];
            double centre = 0.5 * (along.Max() + along.Min());
            depth = (0.5 * (along.Max() - along.Min())) + 1.5;
            middle = [.. middle.Select((value, i) => value + (centre * axis[i]))];
        }

        return (middle, depth);
    }

    private static double[] Along(double[] middle, double right, double up) =>
        [.. middle.Select((value, i) => value + (right * ObliqueView.Right[i]) + (up * ObliqueView.Up[i]))];

    private static double[] Follow(DensityGrid density, double[] start, double depth, Color colour)
    {
        double[] eye = ObliqueView.Eye;
        for (double t = depth; t > -depth; t -= Step)
        {
            if (At(t) < DensityGrid.Surface)
            {
                continue;
            }

            (double inside, double outside) = (t, t + Step);
            for (int i = 0; i < Halvings; i++)
            {
                double half = 0.5 * (inside + outside);
                (inside, outside) = At(half) < DensityGrid.Surface ? (inside, half) : (half, outside);
            }

            double[] normal = density.Normal(
                start[0] + (inside * eye[0]),
                start[1] + (inside * eye[1]),
                start[2] + (inside * eye[2])
            );
            return Shade(normal, 0.5 + (0.5 * inside / depth), colour);
        }

        return [255, 255, 255];

        double At(double t) => density.At(start[0] + (t * eye[0]), start[1] + (t * eye[1]), start[2] + (t * eye[2]));
    }

    // Blinn and Phong; nearness is 1 at the front and 0 at the back.
    private static double[] Shade(double[] normal, double nearness, Color colour)
    {
        double facing = Math.Max(0, ObliqueView.Dot(normal, ObliqueView.Lamp));
        double[] between = ObliqueView.Unit([.. ObliqueView.Lamp.Zip(ObliqueView.Eye, (a, b) => a + b)]);
        double gloss = Gloss * Math.Pow(Math.Max(0, ObliqueView.Dot(normal, between)), 24);
        double light =
            (Ambient + (Diffuse * facing)) * (FarthestLight + ((1 - FarthestLight) * Math.Clamp(nearness, 0, 1)));
        return
        [
            .. new[] { colour.R, colour.G, colour.B }.Select(part =>
                Math.Clamp((part * light) + (255 * gloss), 0, 255)
            ),
        ];
    }
}
