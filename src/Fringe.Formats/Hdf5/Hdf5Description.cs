using System.Collections.Frozen;
using Fringe.Formats.Arrays;
using PureHDF.VOL.Native;

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

    public static ArrayDescription Array(string name, NativeDataset dataset)
    {
        IReadOnlyList<long> shape = Hdf5Values.Shape(dataset);
        return new ArrayDescription(
            name,
            shape,
            Hdf5Values.TypeName(dataset),
            Hdf5Values.Filters(dataset),
            Shapes.Bytes(shape, dataset.Type.Size)
        );
    }

    public static Candidate Candidate(string name, NativeDataset dataset) =>
        new(name, Hdf5Values.Shape(dataset), Hdf5Values.TypeName(dataset), Hdf5Values.Element(dataset) is not null);

    public static IReadOnlyList<MetadataItem> Metadata(Hdf5Tree tree, BudgetedStream budget)
    {
        List<MetadataItem> items = [];
        foreach ((string name, NativeDataset dataset) in tree.Datasets)
        {
            if (GeometryNames.Contains(name[(name.LastIndexOf('/') + 1)..]))
            {
                budget.Refill();
                if (Hdf5Values.Single(dataset) is { } value)
                {
                    string? unit = Hdf5Values.Text(dataset, "units");
                    items.Add(new MetadataItem(name, value, unit is null ? null : Streams.OneLine(unit)));
                }
            }
        }

        return items;
    }
}
