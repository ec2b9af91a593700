using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Volumes;
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
    /// <exception cref="InputException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The support has another number of voxels than the object.</exception>
    public static void Write(string path, CxiReconstruction reconstruction)
    {
        if (2 * reconstruction.Support.LongLength != reconstruction.Image.Interleaved.LongLength)
        {
            throw new ArgumentException("the support has another number of voxels than the object");
        }

        H5File file = CxiParts.File(Entry(reconstruction), reconstruction.Program, reconstruction.Date);
        using var aside = new AsideFile(path);
        aside.Write(stream => file.Write(stream));
        aside.Commit();
    }

    private static H5Group Entry(CxiReconstruction reconstruction)
    {
        H5Group entry = CxiParts.Group("NXentry");
        entry.Attributes["default"] = "data_1";
        entry["title"] = reconstruction.Title;
        entry["program_name"] = $"{reconstruction.Program} {reconstruction.Version}";
        entry["end_time"] = CxiParts.Time(reconstruction.Date);
        H5Group instrument = Instrument(reconstruction);
        entry["instrument_1"] = instrument;
        entry["image_1"] = Image(reconstruction);
        if (reconstruction.Crystal is { } crystal)
        {
            entry["image_2"] = Crystal(crystal);
        }

        H5Group data = CxiParts.Group("NXdata");
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
        H5Group image = CxiParts.Group("NXdata");
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
        image["image_size"] = CxiParts.WithUnit(new double[] { width, height, depth }, "voxel");
        image["instrument_1"] = new H5SoftLink("/entry_1/instrument_1");
        image["process_1"] = Process(reconstruction);
        return image;
    }

    private static H5Group Crystal(CxiCrystal crystal)
    {
        ulong[] shape = [(ulong)crystal.Image.Depth, (ulong)crystal.Image.Height, (ulong)crystal.Image.Width];
        H5Group image = CxiParts.Group("NXdata");
        image.Attributes["signal"] = "data";
        Memory<Complex64> values = new ComplexMemory(crystal.Image.Interleaved).Memory;
        image["data"] = new H5Dataset<Memory<Complex64>>(values, fileDims: shape);
        image["support"] = new H5Dataset(MemoryMarshal.AsBytes(crystal.Support.AsSpan()).ToArray(), fileDims: shape);
        image["crystal"] = new H5Dataset(MemoryMarshal.AsBytes(crystal.Inside.AsSpan()).ToArray(), fileDims: shape);
        image["displacement"] = CxiParts.Volume(crystal.DisplacementNanometres, "nm");
        image["strain"] = CxiParts.Volume(crystal.Strain, "");
        AddUncertainty(image, crystal.Uncertainty);
        image["data_type"] = "electron density";
        image["data_space"] = "real";
        image["dimensionality"] = 3;
        image["is_fft_shifted"] = 0;
        image["frame"] = crystal.Frame;
        image["beamline"] = crystal.Beamline;
        double metres = crystal.VoxelNanometres * 1e-9;
        image["voxel_size"] = CxiParts.WithUnit(new[] { metres, metres, metres }, "m");
        image["image_size"] = CxiParts.WithUnit(shape.Reverse().Select(length => length * metres).ToArray(), "m");
        H5Group geometry = CxiParts.Group("NXcollection");
        geometry["reciprocal_steps"] = CxiParts.Matrix(crystal.ReciprocalSteps.Scaled(1e9), "1/m");
        geometry["direct_steps"] = CxiParts.Matrix(crystal.DirectSteps.Scaled(1e-9), "m");
        geometry["from_laboratory"] = CxiParts.Matrix(crystal.FromLaboratory, "");
        geometry["scattering_vector"] = CxiParts.Vector(1e9 * crystal.ScatteringVector, "1/m");
        geometry["axes"] =
            "vectors are x, y, z of the laboratory (z along the beam, y up); columns of the steps belong to z, y, x of image_1";
        image["geometry"] = geometry;
        return image;
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
                image[$"{name}_uncertainty"] = CxiParts.Volume(volume, unit);
            }
        }
    }

    private static H5Group Process(CxiReconstruction reconstruction)
    {
        H5Group process = CxiParts.Group("NXprocess");
        process["program"] = reconstruction.Program;
        process["version"] = reconstruction.Version;
        process["command"] = reconstruction.Command;
        process["date"] = CxiParts.Time(reconstruction.Date);
        process["configuration"] = CxiParts.Values(reconstruction.Configuration);
        process["results"] = CxiParts.Values(reconstruction.Results);
        return process;
    }

    private static H5Group Instrument(CxiReconstruction reconstruction)
    {
        H5Group instrument = CxiParts.Instrument(reconstruction.EnergyElectronvolts);
        H5Group detector = CxiParts.Group("NXdetector");
        CxiParts.AddMetres(detector, "distance", reconstruction.DetectorDistanceMetres);
        CxiParts.AddMetres(detector, "x_pixel_size", reconstruction.PixelSizeXMetres);
        CxiParts.AddMetres(detector, "y_pixel_size", reconstruction.PixelSizeYMetres);
        if (detector.Count > 0)
        {
            instrument["detector_1"] = detector;
        }

        return instrument;
    }
}
