using System.Numerics;
using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// The object that a crystal's fields show about a reflection, <c>density * exp(-2 pi i (h, k, l).u)</c>, on any grid: what a fresh
/// simulation would compute from the atoms, from what is kept of them.
/// </summary>
public sealed class FieldObject
{
    // Fitted to objects computed from atoms (docs/results/simulation.md).
    private const double Steepness = 3;
    private readonly Complex[] wave;
    private readonly int length;

    /// <param name="fields">The crystal.</param>
    /// <param name="reflection">hkl.</param>
    public FieldObject(CrystalFields fields, MillerIndices reflection)
    {
        length = fields.Size;
        int voxels = fields.Density.Length;
        wave = new Complex[voxels];
        for (int i = 0; i < voxels; i++)
        {
            double along =
                (reflection.H * fields.Displacement[i])
                + (reflection.K * fields.Displacement[voxels + i])
                + (reflection.L * fields.Displacement[(2 * voxels) + i]);
            wave[i] = fields.Density[i] > 0 ? Complex.FromPolarCoordinates(fields.Density[i], -2 * Math.PI * along) : 0;
        }
    }

    /// <summary>The object in the crystal's own frame.</summary>
    /// <param name="fields">The crystal.</param>
    /// <param name="reflection">hkl.</param>
    /// <param name="size">Voxels along each edge.</param>
    /// <param name="voxelLatticeUnits">Edge of a voxel.</param>
    /// <returns>complex64 <c>[z, y, x]</c>, centred; belongs to the caller.</returns>
    public static Tensor Of(CrystalFields fields, MillerIndices reflection, int size, double voxelLatticeUnits)
    {
        double step = voxelLatticeUnits / fields.VoxelLatticeUnits;
        float[] pairs = new float[2 * size * size * size];
        new FieldObject(fields, reflection).Sample([step, 0, 0, 0, step, 0, 0, 0, step], size, pairs);
        return new ComplexVolume(pairs, size, size, size).ToTensor();
    }

    /// <summary>Samples it, trilinearly, 0 beyond the fields.</summary>
    /// <param name="map">3 x 3, rows and columns z, y, x: from voxels about the centre of the result to voxels of the fields.</param>
    /// <param name="size">Voxels along each edge of the result.</param>
    /// <param name="psi">Receives complex64 <c>[z, y, x]</c> as pairs, centred.</param>
    public void Sample(IReadOnlyList<double> map, int size, Span<float> psi)
    {
        int half = size / 2;
        for (int i = 0; i < size * size * size; i++)
        {
            (double z, double y, double x) = ((i / (size * size)) - half, (i / size % size) - half, (i % size) - half);
            Complex value = At(
                (map[0] * z) + (map[1] * y) + (map[2] * x),
                (map[3] * z) + (map[4] * y) + (map[5] * x),
                (map[6] * z) + (map[7] * y) + (map[8] * x)
            );
            double factor = Steepen(value.Magnitude);
            psi[2 * i] = (float)(value.Real * factor);
            psi[(2 * i) + 1] = (float)(value.Imaginary * factor);
        }
    }

    // A crystal ends at its surface; the fields' grid has blurred that over a voxel or two.
    private static double Steepen(double density) =>
        density <= 0 ? 0 : Math.Clamp(0.5 + (Steepness * (density - 0.5)), 0, 1) / density;

    private Complex At(double z, double y, double x)
    {
        int n = length;
        (z, y, x) = (z + (n / 2), y + (n / 2), x + (n / 2));
        (int z0, int y0, int x0) = ((int)Math.Floor(z), (int)Math.Floor(y), (int)Math.Floor(x));
        if (z0 < 0 || y0 < 0 || x0 < 0 || z0 >= n - 1 || y0 >= n - 1 || x0 >= n - 1)
        {
            return 0;
        }

        (double fz, double fy, double fx) = (z - z0, y - y0, x - x0);
        int i = (((z0 * n) + y0) * n) + x0;
        return Plane(i, fy, fx) * (1 - fz) + (Plane(i + (n * n), fy, fx) * fz);

        Complex Plane(int j, double v, double u) =>
            (((wave[j] * (1 - u)) + (wave[j + 1] * u)) * (1 - v))
            + (((wave[j + n] * (1 - u)) + (wave[j + n + 1] * u)) * v);
    }
}
