using Fringe.Formats.Crystals;
using Fringe.Tests.Simulation;

namespace Fringe.Tests.Learning;

/// <summary>Crystals as simulation gives them, made without it.</summary>
internal static class Blocks
{
    private const int Voxels = 24;

    /// <summary>A block of 14 x 12 x 10 voxels whose displacement grows with the distance from a face.</summary>
    /// <param name="step">Largest displacement over 127, lattice units.</param>
    /// <param name="index">Its number.</param>
    /// <param name="split">What it is for.</param>
    public static CrystalRecord Record(float step, int index = 0, CrystalSplit split = CrystalSplit.Train)
    {
        int size = Voxels * Voxels * Voxels;
        byte[] density = new byte[size];
        sbyte[] displacement = new sbyte[3 * size];
        for (int i = 0; i < size; i++)
        {
            (int z, int y, int x) = (i / (Voxels * Voxels), i / Voxels % Voxels, i % Voxels);
            if (Math.Abs(z - 12) <= 7 && Math.Abs(y - 12) <= 6 && Math.Abs(x - 12) <= 5)
            {
                density[i] = 200;
                displacement[i] = (sbyte)(127 * (x - 7) * (x - 7) / 100);
                displacement[size + i] = (sbyte)(127 * (z - 5) / 14);
            }
        }

        return SimulatedCrystals.Record(index) with
        {
            Split = split,
            FieldVoxels = Voxels,
            Density = density,
            UnstrainedDensity = density,
            Displacement = displacement,
            DisplacementStep = step,
        };
    }
}
