using System.Numerics;
using Fringe.Core.Diffraction;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// An object kept on a grid as amplitude and phase, on any other grid: that which a crystal's fields show about a reflection,
/// <c>density * exp(-2 pi i (h, k, l).u)</c> (what a fresh simulation would compute from the atoms, from what is kept of them), or a
/// phased one.
/// </summary>
public sealed class FieldObject
{
    // Fitted to objects computed from atoms (docs/results/simulation.md).
    private const double FieldsSteepness = 3;
    private const double Inside = 0.5;
    private const double SteepestShare = 0.99;
    private readonly float[] amplitude;
    private readonly double[] phase;
    private readonly double steepness;
    private readonly int length;

    /// <param name="fields">The crystal.</param>
    /// <param name="reflection">hkl.</param>
    public FieldObject(CrystalFields fields, MillerIndices reflection)
        : this(fields.Density, PhaseOf(fields, reflection), fields.Size, FieldsSteepness) { }

    /// <param name="amplitude"><c>[z, y, x]</c>, about 1 inside the crystal, centred; not copied.</param>
    /// <param name="phase">Radians, without seams inside the crystal where it is to be scaled; not copied.</param>
    /// <param name="length">Voxels along each edge.</param>
    /// <param name="steepness">How much steeper edges become when it is sampled; 1 = as they are.</param>
    internal FieldObject(float[] amplitude, double[] phase, int length, double steepness = 1)
    {
        this.amplitude = amplitude;
        this.phase = phase;
        this.length = length;
        this.steepness = steepness;
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

    /// <summary>The same crystal with its strain, and so its phase, multiplied.</summary>
    internal FieldObject Strained(double factor) =>
        new(amplitude, [.. phase.Select(angle => factor * angle)], length, steepness);

    /// <summary>How steep the phase is inside the crystal: the 99th percentile of its gradient, radians a voxel.</summary>
    internal double Steepness()
    {
        int n = length;
        List<double> slopes = [];
        // Voxels of the last planes have no neighbour; a crystal does not reach them.
        for (int i = 0; i < amplitude.Length - (n * n) - n - 1; i++)
        {
            (int z, int y, int x) = (i + (n * n), i + n, i + 1);
            if (Math.Min(Math.Min(amplitude[i], amplitude[z]), Math.Min(amplitude[y], amplitude[x])) >= Inside)
            {
                (double dz, double dy, double dx) = (phase[z] - phase[i], phase[y] - phase[i], phase[x] - phase[i]);
                slopes.Add(Math.Sqrt((dz * dz) + (dy * dy) + (dx * dx)));
            }
        }

        slopes.Sort();
        return slopes.Count == 0 ? 0 : slopes[(int)(SteepestShare * (slopes.Count - 1))];
    }

    /// <summary>How far the crystal reaches along the axes of another frame.</summary>
    /// <param name="turn">3 x 3, rows and columns z, y, x: its columns are those axes.</param>
    /// <returns>In units of the columns.</returns>
    internal double[] Extent(double[] turn)
    {
        double[] inverse = Matrix3.FromRows(turn).Inverse().ToArray();
        double[] least = [double.MaxValue, double.MaxValue, double.MaxValue];
        double[] most = [double.MinValue, double.MinValue, double.MinValue];
        int n = length;
        for (int i = 0; i < amplitude.Length; i++)
        {
            if (amplitude[i] < Inside)
            {
                continue;
            }

            (int z, int y, int x) = (i / (n * n), i / n % n, i % n);
            for (int axis = 0; axis < 3; axis++)
            {
                double place = (inverse[3 * axis] * z) + (inverse[(3 * axis) + 1] * y) + (inverse[(3 * axis) + 2] * x);
                least[axis] = Math.Min(least[axis], place);
                most[axis] = Math.Max(most[axis], place);
            }
        }

        return [.. least.Zip(most, (low, high) => high - low + 1)];
    }

    /// <summary>Samples it, trilinearly, 0 beyond the fields.</summary>
    /// <param name="map">3 x 3, rows and columns z, y, x: from voxels about the centre of the result to voxels of the fields.</param>
    /// <param name="size">Voxels along each edge of the result.</param>
    /// <param name="psi">Receives complex64 <c>[z, y, x]</c> as pairs, centred.</param>
    public void Sample(IReadOnlyList<double> map, int size, Span<float> psi) => Sample(map, [0, 0, 0], size, psi);

    /// <inheritdoc cref="Sample(IReadOnlyList{double}, int, Span{float})"/>
    /// <param name="map"/>
    /// <param name="shift">z, y, x: the voxel of the result that shows the centre lies this far from it.</param>
    /// <param name="size"/>
    /// <param name="psi"/>
    internal void Sample(IReadOnlyList<double> map, IReadOnlyList<double> shift, int size, Span<float> psi)
    {
        Complex[] wave = [.. amplitude.Zip(phase, (a, angle) => a > 0 ? Complex.FromPolarCoordinates(a, angle) : 0)];
        int half = size / 2;
        for (int i = 0; i < size * size * size; i++)
        {
            double z = (i / (size * size)) - half + shift[0];
            double y = (i / size % size) - half + shift[1];
            double x = (i % size) - half + shift[2];
            Complex value = At(
                wave,
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
    private double Steepen(double density) =>
        steepness == 1 ? 1
        : density <= 0 ? 0
        : Math.Clamp(0.5 + (steepness * (density - 0.5)), 0, 1) / density;

    private static double[] PhaseOf(CrystalFields fields, MillerIndices reflection)
    {
        int voxels = fields.Density.Length;
        double[] phase = new double[voxels];
        for (int i = 0; i < voxels; i++)
        {
            double along =
                (reflection.H * fields.Displacement[i])
                + (reflection.K * fields.Displacement[voxels + i])
                + (reflection.L * fields.Displacement[(2 * voxels) + i]);
            phase[i] = -2 * Math.PI * along;
        }

        return phase;
    }

    private Complex At(Complex[] wave, double z, double y, double x)
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
