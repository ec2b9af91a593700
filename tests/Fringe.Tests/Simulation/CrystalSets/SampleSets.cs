using Fringe.Formats.Crystals;

namespace Fringe.Tests.Simulation.CrystalSets;

/// <summary>Sets of made-up crystals: boxes, every third clamped, the phase a ramp along x.</summary>
internal static class SampleSets
{
    public const double LatticeNanometres = 0.4;

    private const int Voxels = 16;

    public static readonly CrystalProvenance Provenance = new(
        7,
        """{"smallest_block_nanometres":6,"largest_block_nanometres":8,"families":["111"],"clamped_fraction":0.4}""",
        "29 Sep 2021",
        "Au_u3.eam",
        "f345",
        "0.1.0",
        LatticeNanometres
    );

    /// <summary>Crystal i has 1000 (i + 1) atoms, i + 4 facets, and reaches 10 + i lattice units along y.</summary>
    public static CrystalRecord Crystal(int index)
    {
        const int volume = Voxels * Voxels * Voxels;
        byte[] density = new byte[volume];
        sbyte[] displacement = new sbyte[3 * volume];
        for (int i = 0; i < volume; i++)
        {
            (int x, int y, int z) = (i % Voxels, i / Voxels % Voxels, i / Voxels / Voxels);
            if (x is >= 4 and < 12 && y is >= 3 and < 13 && z is >= 5 and < 11)
            {
                density[i] = 200;
                displacement[i] = (sbyte)(10 * (x - 8));
            }
        }

        return new CrystalRecord
        {
            Index = index,
            Attempt = 0,
            Split =
                index % 5 == 0 ? CrystalSplit.Validation
                : index % 5 == 1 ? CrystalSplit.Test
                : CrystalSplit.Train,
            BlockNanometres = 6 + (0.1 * index),
            Atoms = 1000 * (index + 1),
            Planes = [1, 0, 0, 4.5],
            Facets = index + 4,
            IsClamped = index % 3 == 0,
            AppliedStrain = [0.003, 0, 0, 0.004 * Math.Sqrt(2), 0, 0],
            Tolerance = 1e-6,
            FirstSteps = 50,
            SecondSteps = 1 << index,
            EnergyPerAtomElectronvolts = -3.8,
            Extent = [8, 10 + index, 6],
            StrainLeft = 0.002 * (index + 1),
            PhaseRange111Radians = 1.5,
            MeanGradient = new double[9],
            FieldVoxels = Voxels,
            VoxelLatticeUnits = 1.25,
            BlurLatticeUnits = 0.6,
            Density = density,
            Displacement = displacement,
            DisplacementStep = 0.002f,
            UnstrainedDensity = density,
            UnstrainedVoxelLatticeUnits = 1.25,
        };
    }

    /// <summary>A finished set of crystals 0 to count - 1, five a shard, with its log.</summary>
    public static void Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        WriteIdentity(folder);
        for (int first = 0; first < count; first += 5)
        {
            WriteShard(folder, first / 5, [.. Enumerable.Range(first, Math.Min(5, count - first))]);
        }

        WriteLog(folder, count);
    }

    public static void WriteIdentity(string folder) =>
        File.WriteAllText(Path.Combine(folder, "set.json"), $$"""{"seed": 7, "recipe": {{Provenance.Recipe}}}""");

    public static string WriteShard(string folder, int group, int[] indices)
    {
        string path = Path.Combine(folder, $"crystals-{group:D5}.h5");
        CrystalShardWriter.Write(path, new CrystalShard(Provenance, [.. indices.Select(Crystal)]));
        return path;
    }

    public static string WritePart(string folder, int index)
    {
        Directory.CreateDirectory(Path.Combine(folder, "parts"));
        string path = Path.Combine(folder, "parts", $"crystal-{index:D7}.h5");
        CrystalShardWriter.Write(path, new CrystalShard(Provenance, [Crystal(index)]));
        return path;
    }

    /// <summary>One crystal after the other, each 9 s inside LAMMPS and 1 s outside.</summary>
    public static void WriteLog(string folder, int count)
    {
        DateTime start = new(2026, 11, 25, 8, 0, 0, DateTimeKind.Utc);
        IEnumerable<string> lines = Enumerable
            .Range(0, count)
            .Select(i =>
                $"{start.AddSeconds(10 * (i + 1)):yyyy-MM-ddTHH:mm:ss.fffZ},{i},0,made,{1000 * (i + 1)},9.000,1.000,\"\""
            );
        File.WriteAllLines(
            Path.Combine(folder, "crystals.csv"),
            ["finished,index,attempt,outcome,atoms,lammps_seconds,other_seconds,reason", .. lines]
        );
    }
}
