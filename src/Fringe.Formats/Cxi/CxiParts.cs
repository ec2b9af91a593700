using System.Globalization;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;
using PureHDF;

namespace Fringe.Formats.Cxi;

/// <summary>The groups and datasets that all CXI files have in common.</summary>
internal static class CxiParts
{
    private const double PlanckTimesLightJouleMetres = 6.62607015e-34 * 299792458;

    /// <summary>A file with one entry, which viewers open.</summary>
    /// <param name="entry">Its content.</param>
    /// <param name="program">That writes it.</param>
    /// <param name="date">When.</param>
    public static H5File File(H5Group entry, string program, DateTimeOffset date)
    {
        var file = new H5File
        {
            ["cxi_version"] = 160,
            ["entry_1"] = entry,
            ["entry_last"] = new H5SoftLink("/entry_1"),
        };
        file.Attributes["default"] = "entry_1";
        file.Attributes["creator"] = program;
        file.Attributes["file_time"] = Time(date);
        return file;
    }

    /// <summary>An instrument with the photon energy, if it is known: in joules, as CXI has it.</summary>
    /// <param name="electronvolts">null = not known.</param>
    public static H5Group Instrument(double? electronvolts)
    {
        H5Group instrument = Group("NXinstrument");
        if (electronvolts is { } known)
        {
            double joules = known * PhotonEnergy.JoulesPerElectronvolt;
            H5Group source = Group("NXsource");
            H5Group beam = Group("NXbeam");
            source["energy"] = WithUnit(joules, "J");
            beam["incident_energy"] = WithUnit(joules, "J");
            beam["incident_wavelength"] = WithUnit(PlanckTimesLightJouleMetres / joules, "m");
            instrument["source_1"] = source;
            instrument["beam_1"] = beam;
        }

        return instrument;
    }

    public static H5Group Values(IReadOnlyList<CxiValue> values)
    {
        H5Group group = Group("NXcollection");
        foreach (CxiValue value in values)
        {
            group[value.Name] = value.Unit is null ? value.Value : WithUnit(value.Value, value.Unit);
        }

        return group;
    }

    public static void AddMetres(H5Group group, string name, double? metres)
    {
        if (metres is { } known)
        {
            group[name] = WithUnit(known, "m");
        }
    }

    public static H5Dataset Volume(RealVolume volume, string unit)
    {
        ulong[] shape = [(ulong)volume.Depth, (ulong)volume.Height, (ulong)volume.Width];
        var dataset = new H5Dataset(volume.Values, fileDims: shape);
        dataset.Attributes["units"] = unit;
        return dataset;
    }

    public static H5Dataset Matrix(Matrix3 matrix, string unit)
    {
        var dataset = new H5Dataset(matrix.ToArray(), fileDims: [3, 3]);
        dataset.Attributes["units"] = unit;
        return dataset;
    }

    public static H5Dataset Vector(Vector3D vector, string unit) =>
        WithUnit(new[] { vector.X, vector.Y, vector.Z }, unit);

    public static H5Dataset WithUnit(object value, string unit)
    {
        var dataset = new H5Dataset(value);
        dataset.Attributes["units"] = unit;
        return dataset;
    }

    public static H5Group Group(string nexusClass)
    {
        var group = new H5Group();
        group.Attributes["NX_class"] = nexusClass;
        return group;
    }

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
