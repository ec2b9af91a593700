using Fringe.Formats;

namespace Fringe.App.Reports.CrystalSets.Drawing;

/// <summary>The density of a crystal between its voxels, 1 inside; positions in voxels from the grid's centre (x, y, z).</summary>
internal sealed class DensityGrid(CrystalRecord crystal)
{
    /// <summary>Density at the crystal's surface.</summary>
    public const double Surface = 0.5;

    private const double OfPerfect = 1.0 / CrystalRecord.DensitySteps;
    private readonly byte[] values = crystal.Density;

    /// <summary>Voxels along an edge.</summary>
    public int Size { get; } = crystal.FieldVoxels;

    /// <summary>Positions of the voxels inside the surface.</summary>
    public IEnumerable<double[]> Inside()
    {
        int centre = Size / 2;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] * OfPerfect > Surface)
            {
                yield return [(i % Size) - centre, (i / Size % Size) - centre, (i / Size / Size) - centre];
            }
        }
    }

    /// <summary>Interpolated linearly; 0 outside the grid.</summary>
    public double At(double x, double y, double z)
    {
        int centre = Size / 2;
        (x, y, z) = (x + centre, y + centre, z + centre);
        int i = (int)Math.Floor(x);
        int j = (int)Math.Floor(y);
        int k = (int)Math.Floor(z);
        if (i < 0 || j < 0 || k < 0 || i + 1 >= Size || j + 1 >= Size || k + 1 >= Size)
        {
            return 0;
        }

        int at = (((k * Size) + j) * Size) + i;
        int up = at + (Size * Size);
        (x, y, z) = (x - i, y - j, z - k);
        double below = Mix(Mix(values[at], values[at + 1], x), Mix(values[at + Size], values[at + Size + 1], x), y);
        double above = Mix(Mix(values[up], values[up + 1], x), Mix(values[up + Size], values[up + Size + 1], x), y);
        return Mix(below, above, z) * OfPerfect;
    }

    /// <summary>Outward unit normal of the surface near a position.</summary>
    public double[] Normal(double x, double y, double z) =>
        ObliqueView.Unit([
            At(x - 1, y, z) - At(x + 1, y, z) + 1e-9,
            At(x, y - 1, z) - At(x, y + 1, z),
            At(x, y, z - 1) - At(x, y, z + 1),
        ]);

    private static double Mix(double a, double b, double share) => a + (share * (b - a));
}
