using Fringe.Formats.Hdf5;
using Fringe.Formats.Writing;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Crystals;

/// <summary>
/// Writes crystals as HDF5: one dataset a property, first axis the crystal, so that <c>f["density"][i]</c> is crystal i's
/// density. The same crystals give the same bytes.
/// </summary>
public static class CrystalShardWriter
{
    /// <param name="path">Where to; an older file is replaced when the new one is whole.</param>
    /// <param name="shard">At least one crystal, all with fields of one size.</param>
    /// <exception cref="Fringe.Core.InputException">The file cannot be written.</exception>
    public static void Write(string path, CrystalShard shard)
    {
        Hdf5Filters.EnsureRegistered();
        CrystalProvenance provenance = shard.Provenance;
        IReadOnlyList<CrystalRecord> crystals = shard.Crystals;
        ulong voxels = (ulong)crystals[0].FieldVoxels;
        ulong[] grid = [voxels, voxels, voxels];
        H5File file = new()
        {
            [CrystalShardLayout.Density] = Fields<byte>(crystals, grid, crystal => crystal.Density),
            [CrystalShardLayout.Displacement] = Fields<sbyte>(crystals, [3, .. grid], crystal => crystal.Displacement),
            [CrystalShardLayout.UnstrainedDensity] = Fields<byte>(crystals, grid, crystal => crystal.UnstrainedDensity),
            [CrystalShardLayout.Planes] = Table(
                crystals,
                4 * crystals.Max(crystal => crystal.Planes.Count / 4),
                crystal => crystal.Planes
            ),
        };
        Describe(
            file,
            CrystalShardLayout.Density,
            "1/200 of a perfect crystal",
            "[crystal, z, y, x], at the strained positions"
        );
        Describe(
            file,
            CrystalShardLayout.Displacement,
            "displacement_step",
            "[crystal, component x y z, z, y, x]; times displacement_step = lattice units, without mean_gradient; phase = -2 pi (h, k, l).u"
        );
        Describe(
            file,
            CrystalShardLayout.UnstrainedDensity,
            "1/200 of a perfect crystal",
            "the same crystal on its ideal lattice"
        );
        Describe(
            file,
            CrystalShardLayout.Planes,
            "lattice unit",
            "[crystal, 4 numbers a clip plane: unit normal x y z, distance]; NaN = none"
        );
        foreach (CrystalColumn column in CrystalShardLayout.Columns)
        {
            file[column.Name] = column.IsWhole
                ? new H5Dataset(crystals.Select(crystal => (int)column.Values(crystal)[0]).ToArray())
                : Table(crystals, column.Width, column.Values);
            Describe(file, column.Name, column.Unit, column.Meaning);
        }

        file.Attributes[CrystalShardLayout.FormatAttribute] = CrystalShardLayout.Format;
        file.Attributes[CrystalShardLayout.VersionAttribute] = CrystalShardLayout.Version;
        file.Attributes["seed"] = provenance.Seed;
        file.Attributes["recipe"] = provenance.Recipe;
        file.Attributes["lammps_version"] = provenance.LammpsVersion;
        file.Attributes["potential"] = provenance.Potential;
        file.Attributes["potential_sha256"] = provenance.PotentialHash;
        file.Attributes["program_version"] = provenance.ProgramVersion;
        file.Attributes["lattice_constant_nm"] = provenance.LatticeConstantNanometres;
        using AsideFile aside = new(path);
        aside.Write(stream => file.Write(stream));
        aside.Commit();
    }

    // A chunk a crystal: one can be read without the others.
    private static H5Dataset Fields<T>(
        IReadOnlyList<CrystalRecord> crystals,
        ulong[] shape,
        Func<CrystalRecord, T[]> values
    )
        where T : unmanaged
    {
        T[] all = [.. crystals.SelectMany(values)];
        uint[] chunk = [1, .. shape.Select(length => (uint)length)];
        return new H5Dataset(
            all,
            chunks: chunk,
            fileDims: [(ulong)crystals.Count, .. shape],
            datasetCreation: new H5DatasetCreation(Filters: [Hdf5Filters.Deflate])
        );
    }

    private static H5Dataset Table(
        IReadOnlyList<CrystalRecord> crystals,
        int width,
        Func<CrystalRecord, IReadOnlyList<double>> values
    )
    {
        double[] all = [.. crystals.SelectMany(crystal => Padded(values(crystal), width))];
        return new H5Dataset(
            all,
            fileDims: width == 1 ? [(ulong)crystals.Count] : [(ulong)crystals.Count, (ulong)width]
        );
    }

    private static IEnumerable<double> Padded(IReadOnlyList<double> values, int width) =>
        values.Concat(Enumerable.Repeat(double.NaN, width - values.Count));

    private static void Describe(H5File file, string name, string unit, string meaning)
    {
        H5Dataset dataset = (H5Dataset)file[name];
        dataset.Attributes["units"] = unit;
        dataset.Attributes["description"] = meaning;
    }
}
