using System.Globalization;
using Fringe.Core;
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

    /// <summary>A number or a list of numbers with its unit; null where there is none of up to so many.</summary>
    /// <exception cref="InputException">They are not finite.</exception>
    public Hdf5Numbers? Numbers(string place, ulong most)
    {
        if (
            !Has(place)
            || file.Get(Full(place), links) is not NativeDataset dataset
            || dataset.Space.Rank > 1
            || dataset.Layout.Class == H5DataLayoutClass.VirtualStorage
            || Hdf5Values.Element(dataset) is not { } element
        )
        {
            return null;
        }

        ulong count = dataset.Space.Dimensions.Aggregate(1UL, (product, length) => product * length);
        if (count == 0 || count > most)
        {
            return null;
        }

        byte[] bytes = new byte[checked((int)count * element.Size)];
        dataset.Read<byte>(bytes.AsSpan());
        double[] values =
        [
            .. Enumerable
                .Range(0, (int)count)
                .Select(i => element.DecodeOne(bytes.AsSpan(i * element.Size, element.Size))),
        ];
        return values.All(double.IsFinite)
            ? new Hdf5Numbers(values, Hdf5Values.Text(dataset, "units")?.Trim())
            : throw InputException.ForFile(Path, "holds values that are no numbers", Full(place));
    }

    public string? Text(string place) =>
        Has(place) && file.Get(Full(place), links) is NativeDataset dataset ? Hdf5Values.Single(dataset) : null;

    /// <summary>A length; null where it is missing or 0, which is what programs write that do not know it.</summary>
    /// <param name="place">A single number, in metres where no unit is given.</param>
    /// <param name="range">Where it can lie, metres.</param>
    /// <exception cref="InputException">It is no such length.</exception>
    public double? Metres(string place, (double Least, double Most) range)
    {
        if (Numbers(place, 1) is not { } found || found.Values[0] == 0)
        {
            return null;
        }

        double? unit = found.Unit?.ToLowerInvariant() switch
        {
            null or "" or "m" => 1,
            "mm" => 1e-3,
            "um" or "µm" or "micron" or "microns" => 1e-6,
            _ => null,
        };
        double metres = (unit ?? double.NaN) * found.Values[0];
        return metres >= range.Least && metres <= range.Most
            ? metres
            : throw InputException.ForFile(
                Path,
                $"{found.Values[0].ToString("g6", CultureInfo.InvariantCulture)} {found.Unit ?? "m (no unit is given)"}: expected a length "
                    + $"from {range.Least.ToString("g", CultureInfo.InvariantCulture)} to {range.Most.ToString("g", CultureInfo.InvariantCulture)} m; give the right one on the command line",
                Full(place)
            );
    }
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
