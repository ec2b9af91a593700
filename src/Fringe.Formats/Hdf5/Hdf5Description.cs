using System.Collections.Frozen;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>What an HDF5 file says about itself: arrays, and single values that describe the experiment.</summary>
internal static class Hdf5Description
{
    // Names of CXI, NeXus and the beamlines' own files (reference/field.md 4.1, 4.8).
    private static readonly FrozenSet<string> GeometryNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "energy",
        "incident_energy",
        "photon_energy",
        "incident_wavelength",
        "wavelength",
        "distance",
        "detector_distance",
        "x_pixel_size",
        "y_pixel_size",
        "beam_center_x",
        "beam_center_y",
        "count_time",
        "frame_time",
        "exposure_time",
        "theta",
        "two_theta",
        "omega",
        "chi",
        "phi",
        "mu",
        "eta",
        "nu",
        "delta",
        "gamma",
        "cxi_version"
    );

    public static ArrayDescription Array(Hdf5Array array)
    {
        IReadOnlyList<long> shape = Hdf5Values.Shape(array.Dataset);
        return new ArrayDescription(
            array.Path,
            shape,
            Hdf5Values.TypeName(array.Dataset),
            Hdf5Values.Filters(array.Dataset),
            Shapes.Bytes(shape, array.Dataset.Type.Size)
        );
    }

    public static IReadOnlyList<MetadataItem> Metadata(Hdf5Tree tree)
    {
        List<MetadataItem> items = [];
        foreach (Hdf5Array array in tree.Datasets)
        {
            if (GeometryNames.Contains(array.Path[(array.Path.LastIndexOf('/') + 1)..]))
            {
                array.Home.Stream.Refill();
                if (Hdf5Values.Single(array.Dataset) is { } value)
                {
                    string? unit = Hdf5Values.Text(array.Dataset, "units");
                    items.Add(new MetadataItem(array.Path, value, unit is null ? null : Streams.OneLine(unit)));
                }
            }
        }

        return items;
    }
}
