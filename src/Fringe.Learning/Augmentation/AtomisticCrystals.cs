using System.Numerics;
using Fringe.Core.Volumes;
using Fringe.Formats;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// Simulated crystals, each seen in endless ways: another reflection of a family, turned, sheared as a detector's frame is, and
/// stretched along each axis to an oversampling ratio.
/// </summary>
public sealed class AtomisticCrystals : CrystalSource
{
    private const double Shear = 0.12;
    private const double Inside = 0.5;
    private readonly IReadOnlyList<CrystalRecord> crystals;
    private readonly double unstrainedShare;

    /// <param name="crystals">At least one.</param>
    /// <param name="unstrainedShare">Share of examples made of a crystal as it was before it was strained.</param>
    public AtomisticCrystals(IReadOnlyList<CrystalRecord> crystals, double unstrainedShare = 0.1)
    {
        this.crystals = crystals;
        this.unstrainedShare = unstrainedShare;
    }

    public override void Draw(Random random, int size, Span<float> psi)
    {
        CrystalRecord crystal = crystals[random.Next(crystals.Count)];
        bool isUnstrained = random.NextDouble() < unstrainedShare;
        CrystalFields fields = isUnstrained ? crystal.ToUnstrainedFields() : crystal.ToFields();
        Complex[] source = Wave(fields, DrawReflection(random));
        double[] turn = Turn(random);
        double[] extent = Extent(fields, turn);
        double[] step = [.. extent.Select(length => length * random.OversamplingRatio() / size)];
        // Columns of the map from voxels of the example to voxels of the fields.
        double[] map = new double[9];
        for (int i = 0; i < 9; i++)
        {
            map[i] = turn[i] * step[i % 3];
        }

        int half = size / 2;
        for (int i = 0; i < size * size * size; i++)
        {
            (double z, double y, double x) = ((i / (size * size)) - half, (i / size % size) - half, (i % size) - half);
            Complex value = At(
                source,
                fields.Size,
                (map[0] * z) + (map[1] * y) + (map[2] * x),
                (map[3] * z) + (map[4] * y) + (map[5] * x),
                (map[6] * z) + (map[7] * y) + (map[8] * x)
            );
            psi[2 * i] = (float)value.Real;
            psi[(2 * i) + 1] = (float)value.Imaginary;
        }
    }

    // (111) mostly, (200) sometimes: h, k, l with random signs and order.
    private static double[] DrawReflection(Random random)
    {
        double[] hkl = random.NextDouble() < 0.85 ? [1, 1, 1] : [2, 0, 0];
        random.Shuffle(hkl);
        return [.. hkl.Select(index => random.Next(2) == 0 ? index : -index)];
    }

    // density * exp(-i G.u)
    private static Complex[] Wave(CrystalFields fields, double[] hkl)
    {
        int voxels = fields.Density.Length;
        Complex[] wave = new Complex[voxels];
        for (int i = 0; i < voxels; i++)
        {
            double along =
                (hkl[0] * fields.Displacement[i])
                + (hkl[1] * fields.Displacement[voxels + i])
                + (hkl[2] * fields.Displacement[(2 * voxels) + i]);
            wave[i] = fields.Density[i] > 0 ? Complex.FromPolarCoordinates(fields.Density[i], -2 * Math.PI * along) : 0;
        }

        return wave;
    }

    // A random rotation with some shear, row-major z, y, x.
    private static double[] Turn(Random random)
    {
        Quaternion q = Quaternion.Normalize(
            new Quaternion(
                (float)random.Normal(),
                (float)random.Normal(),
                (float)random.Normal(),
                (float)random.Normal()
            )
        );
        Matrix4x4 m = Matrix4x4.CreateFromQuaternion(q);
        double[] turn = [m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33];
        for (int i = 0; i < 9; i++)
        {
            turn[i] += Shear * random.Normal();
        }

        return turn;
    }

    // Of the crystal along the example's axes, in units of its map's columns.
    private static double[] Extent(CrystalFields fields, double[] turn)
    {
        double[] inverse = Invert(turn);
        double[] least = [double.MaxValue, double.MaxValue, double.MaxValue];
        double[] most = [double.MinValue, double.MinValue, double.MinValue];
        int n = fields.Size;
        for (int i = 0; i < fields.Density.Length; i++)
        {
            if (fields.Density[i] < Inside)
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

    private static double[] Invert(double[] m)
    {
        double[] cofactors =
        [
            (m[4] * m[8]) - (m[5] * m[7]),
            (m[2] * m[7]) - (m[1] * m[8]),
            (m[1] * m[5]) - (m[2] * m[4]),
            (m[5] * m[6]) - (m[3] * m[8]),
            (m[0] * m[8]) - (m[2] * m[6]),
            (m[2] * m[3]) - (m[0] * m[5]),
            (m[3] * m[7]) - (m[4] * m[6]),
            (m[1] * m[6]) - (m[0] * m[7]),
            (m[0] * m[4]) - (m[1] * m[3]),
        ];
        double determinant = (m[0] * cofactors[0]) + (m[1] * cofactors[3]) + (m[2] * cofactors[6]);
        return [.. cofactors.Select(value => value / determinant)];
    }

    // Trilinear, from the centre at n/2; 0 beyond the fields.
    private static Complex At(Complex[] wave, int n, double z, double y, double x)
    {
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
