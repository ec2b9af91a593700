using Fringe.Core.Volumes;
using ScottPlot;
using SkiaSharp;

namespace Fringe.App.Pictures.Panels;

/// <summary>
/// The surface of an object, where its amplitude falls to half of what is usual inside, coloured by what lies just below. Usual is the
/// amplitude's mean weighted by intensity, which needs no support.
/// </summary>
internal sealed class SurfaceProjection
{
    // Voxels below the surface: at it the amplitude falls and the phase is less sure.
    private const double Depth = 1;
    private const double Margin = 12;
    private const int TableLength = 1024;
    private readonly VoxelField amplitude;
    private readonly Func<double[], Color> colourAt;

    private SurfaceProjection(ComplexVolume psi, VolumeBox window, Func<double[], Color> colourAt)
    {
        float[] modulus = Cut(psi.Amplitudes(), psi, window);
        double square = modulus.Sum(a => (double)a * a);
        double cube = modulus.Sum(a => (double)a * a * a);
        amplitude = Field(modulus, window, square > 0 ? cube / square : 1);
        this.colourAt = colourAt;
    }

    /// <summary>Coloured by the object's phase.</summary>
    /// <param name="psi">The object.</param>
    /// <param name="window">The part of it to draw.</param>
    public static SurfaceProjection OfPhase(ComplexVolume psi, VolumeBox window)
    {
        VoxelField real = Field(Cut(Part(psi, 0), psi, window), window, 1);
        VoxelField imaginary = Field(Cut(Part(psi, 1), psi, window), window, 1);
        Color[] table = Table(PictureStyle.PhaseColours);
        return new(
            psi,
            window,
            at =>
            {
                double phase = Math.Atan2(imaginary.At(at[0], at[1], at[2]), real.At(at[0], at[1], at[2]));
                return Look(table, (phase + Math.PI) / (2 * Math.PI));
            }
        );
    }

    /// <summary>Coloured by a field on the object's voxels.</summary>
    /// <param name="psi">The object.</param>
    /// <param name="values">C order, of its shape, known at its surface.</param>
    /// <param name="range">Of the colours.</param>
    /// <param name="colours">The scale.</param>
    /// <param name="window">The part of it to draw.</param>
    public static SurfaceProjection OfField(
        ComplexVolume psi,
        float[] values,
        ScottPlot.Range range,
        IColormap colours,
        VolumeBox window
    )
    {
        VoxelField field = Field(Cut(values, psi, window), window, 1);
        Color[] table = Table(colours);
        return new(
            psi,
            window,
            at => Look(table, (field.At(at[0], at[1], at[2]) - range.Min) / (range.Max - range.Min))
        );
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

    private Color Colour(double[] hit, double[] normal) =>
        colourAt([hit[0] - (Depth * normal[0]), hit[1] - (Depth * normal[1]), hit[2] - (Depth * normal[2])]);

    // A colour map makes its colours anew each time, which takes longer than all the rest of a ray.
    private static Color[] Table(IColormap colours) =>
        [.. Enumerable.Range(0, TableLength).Select(i => colours.GetColor(i / (TableLength - 1.0)))];

    private static Color Look(Color[] table, double share) =>
        table[(int)Math.Round(Math.Clamp(share, 0, 1) * (TableLength - 1))];

    private static VoxelField Field(float[] values, VolumeBox window, double one) =>
        new(values, window.Count[0], window.Count[1], window.Count[2], one);

    private static float[] Part(ComplexVolume psi, int part) =>
        [.. Enumerable.Range(0, psi.Interleaved.Length / 2).Select(i => psi.Interleaved[(2 * i) + part])];

    private static float[] Cut(float[] values, ComplexVolume psi, VolumeBox window)
    {
        float[] cut = new float[window.Count[0] * window.Count[1] * window.Count[2]];
        int next = 0;
        for (int z = window.Start[0]; z < window.Start[0] + window.Count[0]; z++)
        {
            for (int y = window.Start[1]; y < window.Start[1] + window.Count[1]; y++)
            {
                for (int x = window.Start[2]; x < window.Start[2] + window.Count[2]; x++)
                {
                    cut[next++] = values[(((long)z * psi.Height) + y) * psi.Width + x];
                }
            }
        }

        return cut;
    }
}
