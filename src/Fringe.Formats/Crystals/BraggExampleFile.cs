using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Formats.Hdf5;
using Fringe.Formats.Writing;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Crystals;

/// <summary>
/// Writes a simulated measurement with its answer as HDF5: <c>/entry_1/data_1/data</c> is what a detector would have counted
/// (<c>fringe phase</c> finds it by itself), <c>/entry_1/truth_1/object</c> the object behind it.
/// </summary>
public static class BraggExampleFile
{
    /// <param name="path">Where to.</param>
    /// <param name="counts">Photons, centred.</param>
    /// <param name="truth">The object, centred, same shape.</param>
    /// <param name="reflection">hkl.</param>
    /// <param name="voxelNanometres">Edge of a voxel of the object.</param>
    /// <param name="oversampling">Edge of the volume over the crystal's largest extent.</param>
    /// <exception cref="Fringe.Core.InputException">The file cannot be written.</exception>
    public static void Write(
        string path,
        RealVolume counts,
        ComplexVolume truth,
        MillerIndices reflection,
        double voxelNanometres,
        double oversampling
    )
    {
        Hdf5Filters.EnsureRegistered();
        H5Dataset data = Packed(counts.Values, counts);
        data.Attributes["units"] = "photon";
        H5Dataset known = Packed(new ComplexMemory(truth.Interleaved).Memory, counts);
        known.Attributes["description"] = "complex object, canonical; phase = -G.u";
        H5Dataset voxel = new(voxelNanometres);
        voxel.Attributes["units"] = "nm";
        H5File file = new()
        {
            ["entry_1"] = new H5Group
            {
                ["data_1"] = new H5Group { ["data"] = data },
                ["truth_1"] = new H5Group
                {
                    ["object"] = known,
                    ["voxel_size"] = voxel,
                    ["reflection"] = new[] { reflection.H, reflection.K, reflection.L },
                    ["oversampling"] = oversampling,
                },
            },
        };
        using AsideFile aside = new(path);
        aside.Write(stream => file.Write(stream));
        aside.Commit();
    }

    private static H5Dataset<T> Packed<T>(T values, RealVolume like) =>
        new(
            values,
            chunks: [(uint)like.Depth, (uint)like.Height, (uint)like.Width],
            fileDims: [(ulong)like.Depth, (ulong)like.Height, (ulong)like.Width],
            datasetCreation: new H5DatasetCreation(Filters: [Hdf5Filters.Shuffle, Hdf5Filters.Deflate])
        );
}
