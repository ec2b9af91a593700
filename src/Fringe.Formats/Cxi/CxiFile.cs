using System.Globalization;
using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Hdf5;
using Fringe.Formats.Writing;
using PureHDF;

namespace Fringe.Formats.Cxi;

/// <summary>
/// Writes a reconstruction in the CXI layout (version 1.6) that h5py, silx and PyNX users expect: <c>/entry_1/image_1</c>
/// holds the object, its support and its provenance. SI units, each with a <c>units</c> attribute; NeXus attributes make
/// viewers show the object by default.
/// </summary>
public static class CxiFile
{
    private const double PlanckTimesLightJouleMetres = 6.62607015e-34 * 299792458;

    /// <exception cref="InputException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The support has another number of voxels than the object.</exception>
    public static void Write(string path, CxiReconstruction reconstruction)
    {
        if (2 * reconstruction.Support.LongLength != reconstruction.Image.Interleaved.LongLength)
        {
            throw new ArgumentException("the support has another number of voxels than the object");
        }

        var file = new H5File
        {
            ["cxi_version"] = 160,
            ["entry_1"] = Entry(reconstruction),
            ["entry_last"] = new H5SoftLink("/entry_1"),
        };
        file.Attributes["default"] = "entry_1";
        file.Attributes["creator"] = reconstruction.Program;
        file.Attributes["file_time"] = Time(reconstruction.Date);
        using var aside = new AsideFile(path);
        aside.Write(stream => file.Write(stream));
        aside.Commit();
    }

    private static H5Group Entry(CxiReconstruction reconstruction)
    {
        H5Group entry = Group("NXentry");
        entry.Attributes["default"] = "data_1";
        entry["title"] = reconstruction.Title;
        entry["program_name"] = $"{reconstruction.Program} {reconstruction.Version}";
        entry["end_time"] = Time(reconstruction.Date);
        H5Group instrument = Instrument(reconstruction);
        entry["instrument_1"] = instrument;
        entry["image_1"] = Image(reconstruction);
        if (reconstruction.Crystal is { } crystal)
        {
            entry["image_2"] = Crystal(crystal);
        }

        H5Group data = Group("NXdata");
        data.Attributes["signal"] = "data";
        data.Attributes["interpretation"] = "image";
        data["data"] = new H5SoftLink("/entry_1/image_1/data");
        data["title"] = "complex object";
        entry["data_1"] = data;
        return entry;
    }

    private static H5Group Image(CxiReconstruction reconstruction)
    {
        var (depth, height, width) = (
            reconstruction.Image.Depth,
            reconstruction.Image.Height,
            reconstruction.Image.Width
        );
        ulong[] shape = [(ulong)depth, (ulong)height, (ulong)width];
        H5Group image = Group("NXdata");
        image.Attributes["signal"] = "data";
        Memory<Complex64> values = new ComplexMemory(reconstruction.Image.Interleaved).Memory;
        image["data"] = new H5Dataset<Memory<Complex64>>(values, fileDims: shape);
        byte[] inside = MemoryMarshal.AsBytes(reconstruction.Support.AsSpan()).ToArray();
        var support = new H5Dataset(inside, fileDims: shape);
        support.Attributes["description"] = "1 inside the crystal, 0 outside";
        image["support"] = support;
        AddUncertainty(image, reconstruction.Uncertainty);
        image["mask"] = new H5SoftLink("/entry_1/image_1/support");
        image["mask_description"] = "the support: 1 inside the crystal, 0 outside (PyNX's use of image_1/mask)";
        image["data_type"] = "electron density";
        image["data_space"] = "real";
        image["dimensionality"] = 3;
        image["is_fft_shifted"] = 0;
        image["reciprocal_coordinates"] = "F(q) = sum object(r) exp(-i q.r); phase = -G.u";
        image["image_size"] = WithUnit(new double[] { width, height, depth }, "voxel");
        image["instrument_1"] = new H5SoftLink("/entry_1/instrument_1");
        image["process_1"] = Process(reconstruction);
        return image;
    }

    private static H5Group Crystal(CxiCrystal crystal)
    {
        ulong[] shape = [(ulong)crystal.Image.Depth, (ulong)crystal.Image.Height, (ulong)crystal.Image.Width];
        H5Group image = Group("NXdata");
        image.Attributes["signal"] = "data";
        Memory<Complex64> values = new ComplexMemory(crystal.Image.Interleaved).Memory;
        image["data"] = new H5Dataset<Memory<Complex64>>(values, fileDims: shape);
        image["support"] = new H5Dataset(MemoryMarshal.AsBytes(crystal.Support.AsSpan()).ToArray(), fileDims: shape);
        image["crystal"] = new H5Dataset(MemoryMarshal.AsBytes(crystal.Inside.AsSpan()).ToArray(), fileDims: shape);
        image["displacement"] = Volume(crystal.DisplacementNanometres, "nm");
        image["strain"] = Volume(crystal.Strain, "");
        AddUncertainty(image, crystal.Uncertainty);
        image["data_type"] = "electron density";
        image["data_space"] = "real";
        image["dimensionality"] = 3;
        image["is_fft_shifted"] = 0;
        image["frame"] = crystal.Frame;
        image["beamline"] = crystal.Beamline;
        double metres = crystal.VoxelNanometres * 1e-9;
        image["voxel_size"] = WithUnit(new[] { metres, metres, metres }, "m");
        image["image_size"] = WithUnit(shape.Reverse().Select(length => length * metres).ToArray(), "m");
        H5Group geometry = Group("NXcollection");
        geometry["reciprocal_steps"] = Matrix(crystal.ReciprocalSteps.Scaled(1e9), "1/m");
        geometry["direct_steps"] = Matrix(crystal.DirectSteps.Scaled(1e-9), "m");
        geometry["from_laboratory"] = Matrix(crystal.FromLaboratory, "");
        Vector3D q = 1e9 * crystal.ScatteringVector;
        geometry["scattering_vector"] = WithUnit(new[] { q.X, q.Y, q.Z }, "1/m");
        geometry["axes"] =
            "vectors are x, y, z of the laboratory (z along the beam, y up); columns of the steps belong to z, y, x of image_1";
        image["geometry"] = geometry;
        return image;

        static H5Dataset Matrix(Matrix3 matrix, string unit)
        {
            var dataset = new H5Dataset(matrix.ToArray(), fileDims: [3, 3]);
            dataset.Attributes["units"] = unit;
            return dataset;
        }
    }

    private static void AddUncertainty(H5Group image, CxiUncertainty? uncertainty)
    {
        Add("amplitude", uncertainty?.Amplitude, "");
        Add("phase", uncertainty?.PhaseRadians, "rad");
        Add("displacement", uncertainty?.DisplacementNanometres, "nm");
        Add("strain", uncertainty?.Strain, "");

        void Add(string name, RealVolume? volume, string unit)
        {
            if (volume is not null)
            {
                image[$"{name}_uncertainty"] = Volume(volume, unit);
            }
        }
    }

    private static H5Group Process(CxiReconstruction reconstruction)
    {
        H5Group process = Group("NXprocess");
        process["program"] = reconstruction.Program;
        process["version"] = reconstruction.Version;
        process["command"] = reconstruction.Command;
        process["date"] = Time(reconstruction.Date);
        process["configuration"] = Values(reconstruction.Configuration);
        process["results"] = Values(reconstruction.Results);
        return process;
    }

    private static H5Group Instrument(CxiReconstruction reconstruction)
    {
        H5Group instrument = Group("NXinstrument");
        H5Group source = Group("NXsource");
        H5Group beam = Group("NXbeam");
        H5Group detector = Group("NXdetector");
        if (reconstruction.EnergyElectronvolts is { } electronvolts)
        {
            double joules = electronvolts * PhotonEnergy.JoulesPerElectronvolt;
            source["energy"] = WithUnit(joules, "J");
            beam["incident_energy"] = WithUnit(joules, "J");
            beam["incident_wavelength"] = WithUnit(PlanckTimesLightJouleMetres / joules, "m");
        }

        AddMetres(detector, "distance", reconstruction.DetectorDistanceMetres);
        AddMetres(detector, "x_pixel_size", reconstruction.PixelSizeXMetres);
        AddMetres(detector, "y_pixel_size", reconstruction.PixelSizeYMetres);
        foreach (
            (string name, H5Group group) in new[] { ("source_1", source), ("beam_1", beam), ("detector_1", detector) }
        )
        {
            if (group.Count > 0)
            {
                instrument[name] = group;
            }
        }

        return instrument;
    }

    private static H5Group Values(IReadOnlyList<CxiValue> values)
    {
        H5Group group = Group("NXcollection");
        foreach (CxiValue value in values)
        {
            group[value.Name] = value.Unit is null ? value.Value : WithUnit(value.Value, value.Unit);
        }

        return group;
    }

    private static void AddMetres(H5Group group, string name, double? metres)
    {
        if (metres is { } known)
        {
            group[name] = WithUnit(known, "m");
        }
    }

    private static H5Dataset Volume(RealVolume volume, string unit)
    {
        ulong[] shape = [(ulong)volume.Depth, (ulong)volume.Height, (ulong)volume.Width];
        var dataset = new H5Dataset(volume.Values, fileDims: shape);
        dataset.Attributes["units"] = unit;
        return dataset;
    }

    private static H5Dataset WithUnit(object value, string unit)
    {
        var dataset = new H5Dataset(value);
        dataset.Attributes["units"] = unit;
        return dataset;
    }

    private static H5Group Group(string nexusClass)
    {
        var group = new H5Group();
        group.Attributes["NX_class"] = nexusClass;
        return group;
    }

    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
