using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>One scan's group in an HDF5 file, and the numbers under it.</summary>
internal sealed class Hdf5Entry
{
    private readonly NativeFile file;
    private readonly H5LinkAccess links;

    /// <param name="file">Borrowed.</param>
    /// <param name="links">Where the files lie that links name.</param>
    /// <param name="path">Of the file, for messages.</param>
    /// <param name="name">Of the group, without a slash.</param>
    public Hdf5Entry(NativeFile file, H5LinkAccess links, string path, string name)
    {
        this.file = file;
        Path = path;
        Name = name;
        this.links = links;
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary>File and group, to start messages with.</summary>
    public string Origin => $"{Path} [/{Name}]";

    public string Full(string place) => $"/{Name}/{place}";

    public string At(string place) => $"{Path} [{Full(place)}]";

    public bool Has(string place) => file.LinkExists(Full(place), links);

    /// <summary>The groups in a group; none where there is no such.</summary>
    public IEnumerable<string> Groups(string place) =>
        Has(place) && file.Get(Full(place), links) is NativeGroup group
            ? group.Children(links).OfType<NativeGroup>().Select(inner => inner.Name)
            : [];

    /// <summary>The datasets in a group with a text attribute of theirs, null where they have none; nothing where there is no such group.</summary>
    public IEnumerable<(string Name, string? Label)> Labelled(string place, string attribute) =>
        Has(place) && file.Get(Full(place), links) is NativeGroup group
            ? group
                .Children(links)
                .OfType<NativeDataset>()
                .Select(dataset => (dataset.Name, Hdf5Values.Text(dataset, attribute)))
            : [];

    /// <summary>A number or a list of numbers with its unit, finite or not; null where there is none of up to so many.</summary>
    public Hdf5Numbers? Numbers(string place, ulong most)
    {
        if (
            !Has(place)
            || file.Get(Full(place), links) is not NativeDataset dataset
            || dataset.Space.Dimensions.Count(length => length != 1) > 1
            || dataset.Layout.Class == H5DataLayoutClass.VirtualStorage
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

    public string? Text(string place) =>
        Has(place) && file.Get(Full(place), links) is NativeDataset dataset ? Hdf5Values.Single(dataset) : null;
}

/// <summary>Numbers of an HDF5 dataset, in order, and their unit as it stands there; null = none.</summary>
internal sealed record Hdf5Numbers(IReadOnlyList<double> Values, string? Unit)
{
    /// <summary>Angles: degrees, unless the unit says radians.</summary>
    public IReadOnlyList<double> InDegreesIfRadians() =>
        Unit?.ToLowerInvariant() is "rad" or "radian" or "radians"
            ? [.. Values.Select(value => value * 180 / Math.PI)]
            : Values;
}
