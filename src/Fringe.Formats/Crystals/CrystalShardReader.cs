using Fringe.Core;
using Fringe.Formats.Hdf5;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Crystals;

/// <summary>Reads what <see cref="CrystalShardWriter"/> wrote.</summary>
public static class CrystalShardReader
{
    /// <summary>Whether an HDF5 file says that it holds crystals.</summary>
    internal static bool IsShard(NativeFile file) =>
        file.AttributeExists(CrystalShardLayout.FormatAttribute)
        && file.Attribute(CrystalShardLayout.FormatAttribute).Read<string>() == CrystalShardLayout.Format;

    /// <summary>Reads all crystals of a file.</summary>
    /// <exception cref="InputException">Missing, damaged, of another format or version, or without crystals.</exception>
    public static CrystalShard Read(string path) =>
        Hdf5Reading.Read(
            path,
            "expected crystals made by fringe simulate",
            said => $"truncated or damaged HDF5 ({said}); make it again with fringe simulate",
            file =>
            {
                RequireVersion(file, path);
                return new CrystalShard(Provenance(file), Crystals(file));
            }
        );

    private static void RequireVersion(NativeFile file, string path)
    {
        if (!IsShard(file))
        {
            throw InputException.ForFile(path, "holds no crystals; expected a file made by fringe simulate");
        }

        int version = file.Attribute(CrystalShardLayout.VersionAttribute).Read<int>();
        if (version != CrystalShardLayout.Version)
        {
            throw InputException.ForFile(
                path,
                $"has version {version} of the crystals' format; this program reads {CrystalShardLayout.Version}: make the set again with fringe simulate"
            );
        }

        if (file.Dataset("index").Space.Dimensions[0] == 0)
        {
            throw InputException.ForFile(path, "holds no crystals");
        }
    }

    /// <summary>How a file's crystals were made.</summary>
    internal static CrystalProvenance Provenance(NativeFile file) =>
        new(
            file.Attribute("seed").Read<long>(),
            file.Attribute("recipe").Read<string>(),
            file.Attribute("lammps_version").Read<string>(),
            file.Attribute("potential").Read<string>(),
            file.Attribute("potential_sha256").Read<string>(),
            file.Attribute("program_version").Read<string>(),
            file.Attribute("lattice_constant_nm").Read<double>()
        );

    private static CrystalRecord[] Crystals(NativeFile file)
    {
        ulong[] shape = file.Dataset(CrystalShardLayout.Density).Space.Dimensions;
        (int count, int voxels) = ((int)shape[0], (int)shape[1]);
        byte[] density = file.Dataset(CrystalShardLayout.Density).Read<byte[]>();
        sbyte[] displacement = file.Dataset(CrystalShardLayout.Displacement).Read<sbyte[]>();
        byte[] unstrained = file.Dataset(CrystalShardLayout.UnstrainedDensity).Read<byte[]>();
        double[][] planes = Rows(file, CrystalShardLayout.Planes, count);
        Dictionary<string, double[][]> columns = CrystalShardLayout.Columns.ToDictionary(
            column => column.Name,
            column =>
                column.IsWhole
                    ? [.. file.Dataset(column.Name).Read<int[]>().Select(value => new double[] { value })]
                    : Rows(file, column.Name, count)
        );
        int size = voxels * voxels * voxels;
        return [.. Enumerable.Range(0, count).Select(Crystal)];

        CrystalRecord Crystal(int i) =>
            new()
            {
                Index = Whole("index", i),
                Attempt = Whole("attempt", i),
                Split = (CrystalSplit)Whole("split", i),
                Atoms = Whole("atoms", i),
                Facets = Whole("facets", i),
                IsClamped = Whole("is_clamped", i) != 0,
                FirstSteps = Whole("first_steps", i),
                SecondSteps = Whole("second_steps", i),
                BlockNanometres = Number("block", i),
                Tolerance = Number("tolerance", i),
                EnergyPerAtomElectronvolts = Number("energy_per_atom", i),
                StrainLeft = Number("strain_left", i),
                PhaseRange111Radians = Number("phase_range_111", i),
                VoxelLatticeUnits = Number("voxel", i),
                BlurLatticeUnits = Number("blur", i),
                UnstrainedVoxelLatticeUnits = Number("unstrained_voxel", i),
                DisplacementStep = (float)Number("displacement_step", i),
                Extent = columns["extent"][i],
                AppliedStrain = columns["applied_strain"][i],
                MeanGradient = columns["mean_gradient"][i],
                Planes = [.. planes[i].TakeWhile(value => !double.IsNaN(value))],
                FieldVoxels = voxels,
                Density = density[(i * size)..((i + 1) * size)],
                Displacement = displacement[(3 * i * size)..(3 * (i + 1) * size)],
                UnstrainedDensity = unstrained[(i * size)..((i + 1) * size)],
            };

        int Whole(string name, int row) => (int)columns[name][row][0];
        double Number(string name, int row) => columns[name][row][0];
    }

    private static double[][] Rows(NativeFile file, string name, int count)
    {
        double[] all = file.Dataset(name).Read<double[]>();
        return [.. all.Chunk(all.Length / count)];
    }
}
