using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>One scan's group in an HDF5 file, and the numbers under it.</summary>
internal sealed class Hdf5Entry
{
    private readonly Hdf5Links links;

    /// <param name="links">Of the file; borrowed.</param>
    /// <param name="name">Of the group, without a slash.</param>
    public Hdf5Entry(Hdf5Links links, string name)
    {
        this.links = links;
        Name = name;
    }

    /// <summary>Of the file, for messages.</summary>
    public string Path => links.Main.Path;

    public string Name { get; }

    /// <summary>File and group, to start messages with.</summary>
    public string Origin => $"{Path} [/{Name}]";

    public string Full(string place) => $"/{Name}/{place}";

    public string At(string place) => $"{Path} [{Full(place)}]";

    public bool Has(string place) => Find(place) is not null;

    /// <summary>The groups in a group; none where there is no such.</summary>
    public IEnumerable<string> Groups(string place) =>
        Children(place).Where(child => child.Place!.Object is NativeGroup).Select(child => child.Name);

    /// <summary>The datasets in a group with a text attribute of theirs, null where they have none; nothing where there is no such group.</summary>
    public IEnumerable<(string Name, string? Label)> Labelled(string place, string attribute) =>
        Children(place)
            .Where(child => child.Place!.Object is NativeDataset)
            .Select(child => (child.Name, Hdf5Values.Text(child.Place!.Object, attribute)));

    /// <summary>A number or a list of numbers with its unit, finite or not; null where there is none of up to so many.</summary>
    public Hdf5Numbers? Numbers(string place, ulong most)
    {
        if (
            Find(place) is not NativeDataset dataset
            || dataset.Space.Dimensions.Count(length => length != 1) > 1
            || Hdf5Values.Element(dataset) is not { } element
        )
        {
            return null;
        }

        ulong count = dataset.Space.Dimensions.Aggregate(1UL, (product, length) => product * length);
        if (count > most || dataset.Space.Type == H5DataspaceType.Null)
        {
            return null;
        }

        if (dataset.Layout.Class == H5DataLayoutClass.VirtualStorage)
        {
            return new Hdf5Numbers([], null)
            {
                Problem = "its numbers lie in another dataset (an HDF5 virtual dataset), and are not read from there",
            };
        }

        byte[] bytes = new byte[checked((int)count * element.Size)];
        if (count > 0)
        {
            dataset.Read<byte>(bytes.AsSpan());
        }

        double[] values =
        [
            .. Enumerable
                .Range(0, (int)count)
                .Select(i => element.DecodeOne(bytes.AsSpan(i * element.Size, element.Size))),
        ];
        return new Hdf5Numbers(values, Hdf5Values.Text(dataset, "units")?.Trim());
    }

    /// <summary>A text attribute of a group or dataset; null where there is none.</summary>
    public string? Attribute(string place, string name) => Find(place) is { } item ? Hdf5Values.Text(item, name) : null;

    public string? Text(string place) => Find(place) is NativeDataset dataset ? Hdf5Values.Single(dataset) : null;

    private IH5Object? Find(string place) => links.Find(Full(place))?.Object;

    private IEnumerable<Hdf5Child> Children(string place) =>
        links.Find(Full(place)) is { Object: NativeGroup } group
            ? links.Children(group).Where(child => child.Place is not null)
            : [];
}

/// <summary>Numbers of an HDF5 dataset, in order, and their unit as it stands there; null = none.</summary>
internal sealed record Hdf5Numbers(IReadOnlyList<double> Values, string? Unit)
{
    /// <summary>Why they are not read; null where they are.</summary>
    public string? Problem { get; init; }
}
