using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using Fringe.Formats.Writing;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Cxi;

/// <summary>
/// Writes a prepared pattern in the CXI layout (version 1.6) as PyNX reads its input: <c>/entry_1/instrument_1/detector_1</c> holds
/// photons, mask and the detector's geometry, <c>instrument_1/positioners</c> the circles. SI units, angles in degrees, each with a
/// <c>units</c> attribute.
/// </summary>
public static class CxiPatternFile
{
    private const string Detector = "/entry_1/instrument_1/detector_1";
    private const string Data = "/entry_1/data_1";
    private const string Process = $"{Data}/process_1";
    private const string FirstVoxel = "first_voxel";
    private const string Hdf5 = "HDF5";

    // As other programs' files are, so that what they leave out of it is nobody's prepared pattern.
    private const string Own = "fringe";

    /// <summary>Writes a file.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="pattern">What to write.</param>
    /// <param name="cancellation">Looked at before every few megabytes.</param>
    /// <exception cref="InputException">The file cannot be written, or the geometry cannot be used.</exception>
    /// <exception cref="ArgumentException">The mask has another number of voxels than the intensity.</exception>
    public static void Write(string path, CxiPattern pattern, CancellationToken cancellation = default)
    {
        if (pattern.Mask.LongLength != pattern.Intensity.Values.LongLength)
        {
            throw new ArgumentException("the mask has another number of voxels than the intensity");
        }

        H5File file = CxiParts.File(Entry(pattern), pattern.Program, pattern.Date);
        using var aside = new AsideFile(path);
        aside.Write(stream => file.Write(stream), cancellation);
        aside.Commit();
    }

    /// <summary>Place of the first voxel of a pattern that <see cref="Write"/> wrote; null where the stack is none of those.</summary>
    /// <param name="stack">As read.</param>
    internal static IReadOnlyList<int>? FindFirstVoxel(MeasuredStack stack) =>
        stack.Source.Format == Hdf5 && stack.Dataset is $"{Detector}/data" or $"{Data}/data"
            ? Hdf5Reading.Read(
                stack.Source.Path,
                "expected a CXI file",
                said => $"a damaged CXI file ({said})",
                file =>
                    file.LinkExists($"{Process}/{FirstVoxel}")
                    && file.Dataset($"{Process}/program").Read<string>() == Own
                    && file.Dataset($"{Process}/{FirstVoxel}").Read<int[]>() is { Length: 3 } voxel
                        ? voxel
                        : null
            )
            : null;

    private static H5Group Entry(CxiPattern pattern)
    {
        H5Group entry = CxiParts.Group("NXentry");
        entry.Attributes["default"] = "data_1";
        entry["title"] = pattern.Title;
        entry["program_name"] = $"{pattern.Program} {pattern.Version}";
        entry["start_time"] = CxiParts.Time(pattern.Date);
        BraggPeak? peak = pattern.Geometry?.At(
            new VoxelPlace(pattern.Intensity.Depth / 2, pattern.Intensity.Height / 2, pattern.Intensity.Width / 2)
        );
        entry["instrument_1"] = Instrument(pattern, peak);
        H5Group data = CxiParts.Group("NXdata");
        data.Attributes["signal"] = "data";
        data.Attributes["interpretation"] = "image";
        data["data"] = new H5SoftLink($"{Detector}/data");
        data["title"] = "photons, the peak at index N/2";
        data["process_1"] = ProcessOf(pattern);
        if (peak is not null)
        {
            data["geometry"] = Reciprocal(peak);
        }

        entry["data_1"] = data;
        return entry;
    }

    private static H5Group Instrument(CxiPattern pattern, BraggPeak? peak)
    {
        H5Group instrument = CxiParts.Instrument(pattern.Geometry?.EnergyElectronvolts ?? pattern.EnergyElectronvolts);
        if (pattern.Beamline is { } beamline)
        {
            instrument["name"] = beamline;
        }

        H5Group detector = CxiParts.Group("NXdetector");
        detector["data"] = CxiParts.Volume(pattern.Intensity, "photons");
        ulong[] shape =
        [
            (ulong)pattern.Intensity.Depth,
            (ulong)pattern.Intensity.Height,
            (ulong)pattern.Intensity.Width,
        ];
        var mask = new H5Dataset(MemoryMarshal.AsBytes(pattern.Mask.AsSpan()).ToArray(), fileDims: shape);
        mask.Attributes["description"] = "1 = not measured";
        detector["mask"] = mask;
        if (pattern.Detector is { } name)
        {
            detector["description"] = name;
        }

        if (pattern.Geometry is { } geometry && peak is not null)
        {
            AddGeometry(detector, geometry, peak);
            instrument["positioners"] = Positioners(geometry, pattern.Intensity.Depth);
        }

        instrument["detector_1"] = detector;
        return instrument;
    }

    // The detector as it stood: CXI's own words for where its pixels are.
    private static void AddGeometry(H5Group detector, BraggGeometry geometry, BraggPeak peak)
    {
        CxiParts.AddMetres(detector, "distance", geometry.DistanceMetres);
        CxiParts.AddMetres(detector, "x_pixel_size", geometry.ColumnPitchMetres);
        CxiParts.AddMetres(detector, "y_pixel_size", geometry.RowPitchMetres);
        Vector3D first = peak.Pixel(new VoxelPlace(0, 0, 0));
        Vector3D row = peak.Pixel(new VoxelPlace(0, 1, 0)) - first;
        Vector3D column = peak.Pixel(new VoxelPlace(0, 0, 1)) - first;
        double[] basis = [row.X, row.Y, row.Z, column.X, column.Y, column.Z];
        var vectors = new H5Dataset(basis, fileDims: [2, 3]);
        vectors.Attributes["units"] = "m";
        vectors.Attributes["description"] = "from row to row, from column to column: x, y, z";
        detector["basis_vectors"] = vectors;
        detector["corner_position"] = CxiParts.Vector(first - (0.5 * row) - (0.5 * column), "m");
        if (geometry.DirectBeam is { } beam)
        {
            H5Dataset place = CxiParts.WithUnit(new[] { beam.Row, beam.Column }, "pixel");
            place.Attributes["description"] =
                "row and column that the direct beam meets with the detector's motors at 0";
            detector["direct_beam"] = place;
        }
    }

    private static H5Group Positioners(BraggGeometry geometry, int frames)
    {
        H5Group group = CxiParts.Group("NXcollection");
        Diffractometer diffractometer = geometry.Diffractometer;
        for (int i = 0; i < diffractometer.SampleCircles.Count; i++)
        {
            double first = geometry.SampleAnglesRadians[i];
            double[] radians =
                i == geometry.RockingCircle
                    ? [.. Enumerable.Range(0, frames).Select(frame => first + (frame * geometry.RockingStepRadians))]
                    : [first];
            Add(diffractometer.SampleCircles[i], radians);
        }

        for (int i = 0; i < diffractometer.DetectorCircles.Count; i++)
        {
            Add(diffractometer.DetectorCircles[i], [geometry.DetectorAnglesRadians[i]]);
        }

        return group;

        void Add(Circle circle, double[] radians)
        {
            double[] degrees = [.. radians.Select(angle => angle * 180 / Math.PI)];
            // A slash would be a group's.
            string name = circle.Names.FirstOrDefault(one => !one.Contains('/')) ?? circle.Motor.Replace('/', '_');
            group[name] = CxiParts.WithUnit(degrees is [double one] ? one : degrees, "deg");
        }
    }

    private static H5Group ProcessOf(CxiPattern pattern)
    {
        H5Group process = CxiParts.Group("NXprocess");
        process["program"] = pattern.Program;
        process["version"] = pattern.Version;
        process["command"] = pattern.Command;
        process["date"] = CxiParts.Time(pattern.Date);
        process[FirstVoxel] = new H5Dataset(pattern.FirstVoxel.ToArray());
        process["configuration"] = CxiParts.Values(pattern.Configuration);
        return process;
    }

    private static H5Group Reciprocal(BraggPeak peak)
    {
        H5Group geometry = CxiParts.Group("NXcollection");
        geometry["reciprocal_steps"] = CxiParts.Matrix(peak.ReciprocalSteps().Scaled(1e9), "1/m");
        geometry["scattering_vector"] = CxiParts.Vector(1e9 * peak.ScatteringVector, "1/m");
        geometry["axes"] =
            "vectors are x, y, z of the laboratory (z along the beam, y up); columns of the steps belong to rocking, row, column of the data";
        return geometry;
    }
}
