using Fringe.Formats.Crystals;

namespace Fringe.App.Pictures.Panels;

/// <summary>
/// A volume between its voxels, interpolated linearly, such as the density of a crystal: 1 inside. Positions are in voxels from index
/// N/2 of each axis (x, y, z).
/// </summary>
/// <param name="values">C order <c>[z, y, x]</c>; not copied.</param>
/// <param name="depth">Length of axis z.</param>
/// <param name="height">Length of axis y.</param>
/// <param name="width">Length of axis x.</param>
/// <param name="one">The value that counts as 1.</param>
internal sealed class VoxelField(float[] values, int depth, int height, int width, double one)
{
    /// <summary>Density at a crystal's surface.</summary>
    public const double Surface = 0.5;

    // So much less than the surface's density that rounding between voxels does not matter.
    private const double AlmostSurface = Surface - 1e-6;

    private readonly double unit = 1 / one;
    private readonly Lazy<EmptySpace> empty = new(() => new(values, [depth, height, width], AlmostSurface * one));

    /// <summary>The density of a simulated crystal.</summary>
    public static VoxelField Of(CrystalRecord crystal)
    {
        int size = crystal.FieldVoxels;
        return new VoxelField(
            [.. crystal.Density.Select(steps => (float)steps)],
            size,
            size,
            size,
            CrystalRecord.DensitySteps
        );
    }

    /// <summary>Positions of the voxels inside the surface.</summary>
    public IEnumerable<double[]> Inside()
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] * unit > Surface)
            {
                yield return
                [
                    (i % width) - (width / 2),
                    (i / width % height) - (height / 2),
                    (i / width / height) - (depth / 2),
                ];
            }
        }
    }

    /// <summary>
    /// Voxels within which, along each axis, no place is as dense as the surface; negative where the place itself may be.
    /// </summary>
    public int Emptiness(double x, double y, double z) =>
        empty.Value.From(
            (int)Math.Floor(x + (width / 2)),
            (int)Math.Floor(y + (height / 2)),
            (int)Math.Floor(z + (depth / 2))
        ) - 1;

    /// <summary>0 outside the volume.</summary>
    public double At(double x, double y, double z)
    {
        (x, y, z) = (x + (width / 2), y + (height / 2), z + (depth / 2));
        int i = (int)Math.Floor(x);
        int j = (int)Math.Floor(y);
        int k = (int)Math.Floor(z);
        if (i < 0 || j < 0 || k < 0 || i + 1 >= width || j + 1 >= height || k + 1 >= depth)
        {
            return 0;
        }

        int at = (((k * height) + j) * width) + i;
        int up = at + (height * width);
        (x, y, z) = (x - i, y - j, z - k);
        double below = Mix(Mix(values[at], values[at + 1], x), Mix(values[at + width], values[at + width + 1], x), y);
        double above = Mix(Mix(values[up], values[up + 1], x), Mix(values[up + width], values[up + width + 1], x), y);
        return Mix(below, above, z) * unit;
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
