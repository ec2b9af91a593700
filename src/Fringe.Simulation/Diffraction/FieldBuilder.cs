using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Simulation.Diffraction;

/// <summary>
/// Puts a crystal's atoms on a grid: density and displacement, band-limited, so that the lattice leaves no stripes. The
/// displacement of a voxel is the mean over the atoms around it.
/// </summary>
public static class FieldBuilder
{
    // Empty voxels left around the crystal, for the blur.
    private const int Margin = 6;

    private const double SmallestVoxel = 0.45;

    // The blur: enough that the lattice's first frequencies, sqrt(3) a cell, fall to 5e-4, and that facets do not ring below 0.
    private const double LeastBlur = 0.36;
    private const double LeastBlurVoxels = 0.5;
    private const double AtomsPerCell = 4;

    // Where less material is, a displacement means nothing.
    private const float LeastDensity = 0.04f;

    /// <summary>Density and displacement.</summary>
    /// <param name="atoms">The crystal.</param>
    /// <param name="voxels">Even number of voxels along each edge.</param>
    public static CrystalFields Build(AtomicDisplacement atoms, int voxels)
    {
        using var scope = NewDisposeScope();
        Grid grid = new(atoms, voxels);
        // Real sums, two at a time as one complex one.
        (float[] density, float[] alongX) = grid.Sum(_ => 1, atom => atoms.Residual[3 * atom]);
        (float[] alongY, float[] alongZ) = grid.Sum(
            atom => atoms.Residual[(3 * atom) + 1],
            atom => atoms.Residual[(3 * atom) + 2]
        );
        float[] displacement = new float[3 * density.Length];
        for (int i = 0; i < density.Length; i++)
        {
            if (density[i] < LeastDensity)
            {
                density[i] = 0;
                continue;
            }

            displacement[i] = alongX[i] / density[i];
            displacement[density.Length + i] = alongY[i] / density[i];
            displacement[(2 * density.Length) + i] = alongZ[i] / density[i];
        }

        return grid.Fields(density, displacement);
    }

    /// <summary>The same for atoms on their ideal sites: there is no displacement.</summary>
    public static CrystalFields BuildUnstrained(double[] sites, int voxels)
    {
        using var scope = NewDisposeScope();
        Grid grid = new(AtomicDisplacement.Between(sites, sites), voxels);
        (float[] density, _) = grid.Sum(_ => 1, _ => 0);
        for (int i = 0; i < density.Length; i++)
        {
            density[i] = density[i] < LeastDensity ? 0 : density[i];
        }

        return grid.Fields(density, new float[3 * density.Length]);
    }

    /// <summary>How far the atoms reach along x, y, z, lattice units, with half a unit for the atoms themselves.</summary>
    public static double[] Extent(double[] positions)
    {
        double[] low = [double.MaxValue, double.MaxValue, double.MaxValue];
        double[] high = [double.MinValue, double.MinValue, double.MinValue];
        for (int i = 0; i < positions.Length; i++)
        {
            low[i % 3] = Math.Min(low[i % 3], positions[i]);
            high[i % 3] = Math.Max(high[i % 3], positions[i]);
        }

        return [.. high.Zip(low, (most, least) => most - least + 0.5)];
    }

    private sealed class Grid
    {
        private readonly AtomicDisplacement atoms;
        private readonly int voxels;
        private readonly double voxel;
        private readonly double blur;
        private readonly double[] points;
        private readonly NonuniformTransform transform;
        private readonly Tensor window;

        public Grid(AtomicDisplacement atoms, int voxels)
        {
            this.atoms = atoms;
            this.voxels = voxels;
            voxel = Math.Max(Extent(atoms.Positions).Max() / (voxels - Margin), SmallestVoxel);
            blur = Math.Max(LeastBlur, LeastBlurVoxels * voxel);
            points = [.. atoms.Positions.Select(coordinate => coordinate / (voxels * voxel))];
            transform = new NonuniformTransform(voxels);
            window = Window();
        }

        public CrystalFields Fields(float[] density, float[] displacement) =>
            new(density, displacement, voxels, voxel, atoms.MeanGradient) { BlurLatticeUnits = blur };

        // Two real sums over the atoms, blurred.
        public (float[] First, float[] Second) Sum(Func<int, double> first, Func<int, double> second)
        {
            double[] strengths = new double[2 * atoms.Count];
            for (int atom = 0; atom < atoms.Count; atom++)
            {
                strengths[2 * atom] = first(atom);
                strengths[(2 * atom) + 1] = second(atom);
            }

            using var scope = NewDisposeScope();
            Tensor spectrum = fft.ifftshift(transform.Apply(points, strengths) * window, [0, 1, 2]);
            Tensor sums = fft.fftshift(fft.ifftn(spectrum), [0, 1, 2]);
            return (sums.real.ToRealVolume().Values, sums.imag.ToRealVolume().Values);
        }

        // A Gaussian over the frequencies, without the unpaired -N/2, scaled so that a perfect crystal's density is 1.
        private Tensor Window()
        {
            Tensor frequency = (arange(voxels, ScalarType.Float64) - (voxels / 2)) * (2 * Math.PI / (voxels * voxel));
            Tensor along = (frequency.square() * (-0.5 * blur * blur)).exp();
            along[0] = 0;
            double atomsPerVoxel = AtomsPerCell * voxel * voxel * voxel;
            return along.reshape(-1, 1, 1) * along.reshape(1, -1, 1) * along.reshape(1, 1, -1) / atomsPerVoxel;
        }
    }
}
