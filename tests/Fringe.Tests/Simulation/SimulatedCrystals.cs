using Fringe.Formats.Crystals;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;

namespace Fringe.Tests.Simulation;

/// <summary>Crystals for tests, made without LAMMPS.</summary>
internal static class SimulatedCrystals
{
    /// <summary>A recipe of small crystals.</summary>
    public static CrystalRecipe Small { get; } =
        new()
        {
            SmallestBlockNanometres = 4.6,
            LargestBlockNanometres = 4.6,
            FieldVoxels = 24,
        };

    /// <summary>A facetted crystal of about 5 000 atoms.</summary>
    public static AtomicCrystal Facetted(bool isClamped = false)
    {
        CrystalPlan plan = Plan([
            Plane(1, 1, 1, 4.9),
            Plane(-1, 1, 1, 5.3),
            Plane(0.2, -1, 0.6, 5.1),
            Plane(0, 0, -1, 4.4),
        ]) with
        {
            IsClamped = isClamped,
        };
        return CrystalBuilder.Build(plan, Small)!;
    }

    /// <summary>A plan with given planes.</summary>
    public static CrystalPlan Plan(IReadOnlyList<ClipPlane> planes, double blockNanometres = 4.6) =>
        new()
        {
            Index = 3,
            Attempt = 0,
            BlockNanometres = blockNanometres,
            Planes = planes,
            Strain = [0.004, -0.003, 0.002, 0.003, 0, -0.005],
            Tolerance = 1e-6,
            IsClamped = false,
            ClampedChoice = 0.5,
        };

    /// <summary>A plane from any normal.</summary>
    public static ClipPlane Plane(double x, double y, double z, double distance)
    {
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return new ClipPlane(x / length, y / length, z / length, distance);
    }

    /// <summary>Moves each atom by a field u(x, y, z), all in lattice units.</summary>
    public static AtomicDisplacement Displaced(AtomicCrystal crystal, Func<double, double, double, double[]> field)
    {
        double[] positions = [.. crystal.Sites];
        for (int i = 0; i < positions.Length; i += 3)
        {
            double[] u = field(crystal.Sites[i], crystal.Sites[i + 1], crystal.Sites[i + 2]);
            for (int axis = 0; axis < 3; axis++)
            {
                positions[i + axis] += u[axis];
            }
        }

        return AtomicDisplacement.Between(crystal.Sites, positions);
    }

    /// <summary>A smooth field of a few percent of a lattice unit, with a homogeneous strain beside it.</summary>
    public static double[] Wavy(double x, double y, double z) =>
        [
            (0.004 * x) + (0.05 * Math.Sin(0.4 * y)) - 0.1,
            (0.002 * x) - (0.003 * y) + (0.04 * Math.Cos(0.5 * z)),
            (0.06 * Math.Sin(0.3 * (x + y))) + (0.001 * z),
        ];

    /// <summary>A record whose every value follows from its index.</summary>
    public static CrystalRecord Record(int index, int voxels = 16)
    {
        Random random = new(index);
        int size = voxels * voxels * voxels;
        byte[] density = new byte[size];
        sbyte[] displacement = new sbyte[3 * size];
        for (int i = size / 3; i < size / 2; i++)
        {
            density[i] = (byte)random.Next(1, 256);
            displacement[i] = (sbyte)random.Next(-127, 128);
            displacement[size + i] = (sbyte)random.Next(-127, 128);
            displacement[(2 * size) + i] = (sbyte)random.Next(-127, 128);
        }

        return new CrystalRecord
        {
            Index = index,
            Attempt = index % 3,
            Split = (CrystalSplit)(index % 3),
            BlockNanometres = 5 + (0.1 * index),
            Atoms = 1000 + index,
            Planes = [.. Enumerable.Range(0, 4 * (1 + (index % 3))).Select(i => i + (0.5 * index))],
            Facets = 6 + index,
            IsClamped = index % 2 == 1,
            AppliedStrain = [0.01, -0.002, 0, 0.001 * index, 0, 0],
            Tolerance = 1e-6,
            FirstSteps = 100 + index,
            SecondSteps = index,
            EnergyPerAtomElectronvolts = -3.8 - (0.001 * index),
            Extent = [10, 11, 12.5],
            StrainLeft = 0.002 * index,
            PhaseRange111Radians = 0.7 + index,
            MeanGradient = [.. Enumerable.Range(0, 9).Select(i => 0.001 * i)],
            FieldVoxels = voxels,
            VoxelLatticeUnits = 0.6,
            BlurLatticeUnits = 0.36,
            Density = density,
            Displacement = displacement,
            DisplacementStep = 0.003f,
            UnstrainedDensity = [.. density.Reverse()],
            UnstrainedVoxelLatticeUnits = 0.59,
        };
    }

    /// <summary>A provenance for records made here.</summary>
    public static CrystalProvenance Provenance { get; } =
        new(7, """{"most_planes":20}""", "29 Sep 2021", "Au_u3.eam", "00ff", "0.1.0", 0.4078);

    /// <summary>Writes records as the first shard of a set.</summary>
    public static void WriteShard(string folder, params int[] indices)
    {
        Directory.CreateDirectory(folder);
        CrystalShardWriter.Write(
            Path.Combine(folder, CrystalSetFiles.ShardName(0)),
            new CrystalShard(Provenance, [.. indices.Select(index => Record(index))])
        );
    }
}
