using Fringe.Core.Volumes;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Reports.Drawing;

/// <summary>
/// The surface of an object, where its amplitude falls to half of what is usual inside, coloured by the phase just below. Usual is the
/// amplitude's mean weighted by intensity, which needs no support.
/// </summary>
internal sealed class SurfaceProjection
{
    // Voxels below the surface: at it the amplitude falls and the phase is less sure.
    private const double PhaseDepth = 1;
    private const double Margin = 12;
    private readonly VoxelField amplitude;
    private readonly VoxelField real;
    private readonly VoxelField imaginary;

    /// <param name="psi">The object.</param>
    /// <param name="window">The part of it to draw.</param>
    public SurfaceProjection(ComplexVolume psi, VolumeBox window)
    {
        float[] re = Cut(psi, window, 0);
        float[] im = Cut(psi, window, 1);
        float[] modulus = [.. re.Zip(im, (a, b) => MathF.Sqrt((a * a) + (b * b)))];
        double square = modulus.Sum(a => (double)a * a);
        double cube = modulus.Sum(a => (double)a * a * a);
        amplitude = Field(modulus, square > 0 ? cube / square : 1);
        real = Field(re, 1);
        imaginary = Field(im, 1);
        VoxelField Field(float[] values, double one) =>
            new(values, window.Count[0], window.Count[1], window.Count[2], one);
    }

    /// <summary>The largest scale at which it fits into a square, seen from <paramref name="view"/>.</summary>
    public double LargestScale(ObliqueView view, int edge)
    {
        (double width, double height) = SurfaceRenderer.Extent(amplitude, view);
        return (edge - (2 * Margin)) / Math.Max(width, height);
    }

    /// <summary>Draws it.</summary>
    /// <param name="view">From where it is seen.</param>
    /// <param name="edge">Pixels of the square picture's edge.</param>
    /// <param name="pixelsPerVoxel">Its scale.</param>
    /// <returns>White where nothing is; belongs to the caller.</returns>
    public SKBitmap Render(ObliqueView view, int edge, double pixelsPerVoxel) =>
        SurfaceRenderer.Render(amplitude, view, edge, pixelsPerVoxel, Colour);

    private Color Colour(double[] hit, double[] normal)
    {
        double[] at = [.. hit.Zip(normal, (place, outward) => place - (PhaseDepth * outward))];
        double phase = Math.Atan2(imaginary.At(at[0], at[1], at[2]), real.At(at[0], at[1], at[2]));
        return PictureStyle.PhaseColours.GetColor((phase + Math.PI) / (2 * Math.PI));
    }

    private static float[] Cut(ComplexVolume psi, VolumeBox window, int part)
    {
        float[] values = new float[window.Count[0] * window.Count[1] * window.Count[2]];
        int next = 0;
        for (int z = window.Start[0]; z < window.Start[0] + window.Count[0]; z++)
        {
            for (int y = window.Start[1]; y < window.Start[1] + window.Count[1]; y++)
            {
                for (int x = window.Start[2]; x < window.Start[2] + window.Count[2]; x++)
                {
                    long voxel = (((long)z * psi.Height) + y) * psi.Width + x;
                    values[next++] = psi.Interleaved[(2 * voxel) + part];
                }
            }
        }

        return values;
    }
}
