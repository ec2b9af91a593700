using Fringe.Core.Tensors;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>
/// Draws the surface of a crystal at half its density by following rays from the eye, lit by one lamp; what is farther away
/// is darker.
/// </summary>
internal static class SurfaceRenderer
{
    private const int RaysAcrossPixel = 2;
    private const double Step = 0.7;
    private const int Halvings = 5;

    private const double Ambient = 0.52;
    private const double Diffuse = 0.54;
    private const double Gloss = 0.16;
    private const double FarthestLight = 0.84;

    /// <param name="density">The crystal; 1 inside.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="pixels">Edge of the picture.</param>
    /// <param name="pixelsPerVoxel">Its scale.</param>
    /// <param name="colour">Of the surface in full light, at a position (x, y, z) and its outward normal.</param>
    /// <returns>White where no crystal is; belongs to the caller.</returns>
    public static SKBitmap Render(
        VoxelField density,
        ObliqueView view,
        int pixels,
        double pixelsPerVoxel,
        Func<double[], double[], Color> colour
    )
    {
        (double[] middle, double depth) = Bounds(density, view);
        double[] steps = Steps(depth);
        var picture = new SKColor[pixels * pixels];
        const int rays = RaysAcrossPixel * RaysAcrossPixel;
        Parallel.For(
            0,
            pixels,
            ThreadLimit.Options(),
            row =>
            {
                for (int column = 0; column < pixels; column++)
                {
                    double[] sum = [0, 0, 0];
                    for (int ray = 0; ray < rays; ray++)
                    {
                        double right = (column + ((0.5 + (ray % RaysAcrossPixel)) / RaysAcrossPixel)) - (0.5 * pixels);
                        double up = (0.5 * pixels) - (row + ((0.5 + (ray / RaysAcrossPixel)) / RaysAcrossPixel));
                        double[] start = Along(view, middle, right / pixelsPerVoxel, up / pixelsPerVoxel);
                        double[] light = Follow(density, view, start, steps, colour);
                        for (int i = 0; i < 3; i++)
                        {
                            sum[i] += light[i] / rays;
                        }
                    }

                    picture[(row * pixels) + column] = new SKColor((byte)sum[0], (byte)sum[1], (byte)sum[2]);
                }
            }
        );
        return new SKBitmap(pixels, pixels, SKColorType.Rgba8888, SKAlphaType.Opaque) { Pixels = picture };
    }

    /// <summary>Extent of the crystal on the picture, voxels: to the right and upwards.</summary>
    public static (double Width, double Height) Extent(VoxelField density, ObliqueView view)
    {
        (double Least, double Most)[] reach = Reach(density, view.Right, view.Up);
        return (reach[0].Most - reach[0].Least + 1, reach[1].Most - reach[1].Least + 1);
    }

    // How far the crystal reaches along some axes.
    private static (double Least, double Most)[] Reach(VoxelField density, params double[][] axes)
    {
        (double Least, double Most)[] reach = [.. axes.Select(_ => (double.PositiveInfinity, double.NegativeInfinity))];
        foreach (double[] at in density.Inside())
        {
            for (int i = 0; i < axes.Length; i++)
            {
                double along = ObliqueView.Dot(at, axes[i]);
                reach[i] = (Math.Min(reach[i].Least, along), Math.Max(reach[i].Most, along));
            }
        }

        return [.. reach.Select(range => range.Most < range.Least ? (0, 0) : range)];
    }

    // The middle of what is seen, and how far the crystal reaches from there towards the eye and away from it.
    private static (double[] Middle, double Depth) Bounds(VoxelField density, ObliqueView view)
    {
        double[] middle = [0, 0, 0];
        double depth = 1;
        double[][] axes = [view.Right, view.Up, view.Eye];
        foreach (((double least, double most), double[] axis) in Reach(density, axes).Zip(axes))
        {
            double centre = 0.5 * (most + least);
            depth = (0.5 * (most - least)) + 1.5;
            middle = [.. middle.Select((value, i) => value + (centre * axis[i]))];
        }

        return (middle, depth);
    }

    private static double[] Along(ObliqueView view, double[] middle, double right, double up) =>
        [
            middle[0] + (right * view.Right[0]) + (up * view.Up[0]),
            middle[1] + (right * view.Right[1]) + (up * view.Up[1]),
            middle[2] + (right * view.Right[2]) + (up * view.Up[2]),
        ];

    // Where a ray is looked at: from in front of the crystal to behind it, rounded as steps one after another are.
    private static double[] Steps(double depth)
    {
        List<double> steps = [];
        for (double t = depth; t > -depth; t -= Step)
        {
            steps.Add(t);
        }

        return [.. steps];
    }

    private static double[] Follow(
        VoxelField density,
        ObliqueView view,
        double[] start,
        double[] steps,
        Func<double[], double[], Color> colour
    )
    {
        double[] eye = view.Eye;
        // Along the axis on which a step takes it farthest; a little more, for rounding.
        double stride = Step * Math.Max(Math.Abs(eye[0]), Math.Max(Math.Abs(eye[1]), Math.Abs(eye[2]))) * (1 + 1e-9);
        for (int step = 0; step < steps.Length; step++)
        {
            double t = steps[step];
            int emptiness = density.Emptiness(
                start[0] + (t * eye[0]),
                start[1] + (t * eye[1]),
                start[2] + (t * eye[2])
            );
            if (emptiness >= 0)
            {
                step += (int)(emptiness / stride);
                continue;
            }

            if (At(t) < VoxelField.Surface)
            {
                continue;
            }

            (double inside, double outside) = (t, t + Step);
            for (int i = 0; i < Halvings; i++)
            {
                double half = 0.5 * (inside + outside);
                (inside, outside) = At(half) < VoxelField.Surface ? (inside, half) : (half, outside);
            }

            double[] hit = [start[0] + (inside * eye[0]), start[1] + (inside * eye[1]), start[2] + (inside * eye[2])];
            double[] normal = density.Normal(hit[0], hit[1], hit[2]);
            return Shade(view, normal, 0.5 + (0.5 * inside / steps[0]), colour(hit, normal));
        }

        return [255, 255, 255];

        double At(double t) => density.At(start[0] + (t * eye[0]), start[1] + (t * eye[1]), start[2] + (t * eye[2]));
    }

    // Blinn and Phong; nearness is 1 at the front and 0 at the back.
    private static double[] Shade(ObliqueView view, double[] normal, double nearness, Color colour)
    {
        double facing = Math.Max(0, ObliqueView.Dot(normal, view.Lamp));
        double[] between = ObliqueView.Unit([
            view.Lamp[0] + view.Eye[0],
            view.Lamp[1] + view.Eye[1],
            view.Lamp[2] + view.Eye[2],
        ]);
        double gloss = Gloss * Math.Pow(Math.Max(0, ObliqueView.Dot(normal, between)), 24);
        double light =
            (Ambient + (Diffuse * facing)) * (FarthestLight + ((1 - FarthestLight) * Math.Clamp(nearness, 0, 1)));
        return [Lit(colour.R), Lit(colour.G), Lit(colour.B)];

        double Lit(byte part) => Math.Clamp((part * light) + (255 * gloss), 0, 255);
    }
}
