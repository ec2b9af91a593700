using Fringe.App.Pictures.Panels;
using Fringe.Formats.Crystals;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>The phase 2 pi u.(111) in the plane x-y through a crystal's centre.</summary>
internal static class PhaseSlice
{
    /// <summary>radians, -pi to pi, its mean over the crystal taken off; NaN outside.</summary>
    /// <returns>Rows y, columns x; row 0 is the lowest y.</returns>
    public static double[,] Of(CrystalRecord crystal)
    {
        int size = crystal.FieldVoxels;
        int plane = size / 2 * size * size;
        double mean = MeanPhase(crystal);
        double[,] slice = new double[size, size];
        for (int i = 0; i < size * size; i++)
        {
            slice[i / size, i % size] = IsInside(crystal, plane + i)
                ? Math.IEEERemainder(Phase(crystal, plane + i) - mean, 2 * Math.PI)
                : double.NaN;
        }

        return slice;
    }

    private static double MeanPhase(CrystalRecord crystal)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < crystal.Density.Length; i++)
        {
            if (IsInside(crystal, i))
            {
                sum += Phase(crystal, i);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static bool IsInside(CrystalRecord crystal, int voxel) =>
        crystal.Density[voxel] > VoxelField.Surface * CrystalRecord.DensitySteps;

    private static double Phase(CrystalRecord crystal, int voxel)
    {
        int volume = crystal.Density.Length;
        int steps =
            crystal.Displacement[voxel]
            + crystal.Displacement[volume + voxel]
            + crystal.Displacement[(2 * volume) + voxel];
        return 2 * Math.PI * steps * crystal.DisplacementStep;
    }
}
