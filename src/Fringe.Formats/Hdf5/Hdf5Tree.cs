using Fringe.Formats.Arrays;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Walks the groups of an HDF5 file, and of those linked to it, once; each object stands under the first path that leads to it.</summary>
internal sealed class Hdf5Tree
{
    private const int MaximumDepth = 32;
    private const int MaximumObjects = 200_000;
    private readonly Hdf5Links links;
    private readonly Dictionary<(object File, ulong Address), string> groups = [];
    private readonly Dictionary<(object File, ulong Address), Hdf5Array> arrays = [];

    private Hdf5Tree(Hdf5Links links) => this.links = links;

    /// <summary>Datasets in the file's order.</summary>
    public List<Hdf5Array> Datasets { get; } = [];

    /// <summary>Links that lead nowhere, with the reason.</summary>
    public List<(string Path, string Reason)> Broken { get; } = [];

    public static Hdf5Tree Walk(Hdf5Links links)
    {
        var tree = new Hdf5Tree(links);
        tree.Visit(links.Root, "", 0);
        return tree;
    }

    /// <summary>The path under which the datasets of a group stand.</summary>
    public string PathOf(Hdf5Place group) => groups.GetValueOrDefault(PureHdfInternals.Identity(group.Object), "");

    private void Visit(Hdf5Place group, string path, int depth)
    {
        if (!groups.TryAdd(PureHdfInternals.Identity(group.Object), path))
        {
            return;
        }

        if (depth > MaximumDepth || groups.Count + arrays.Count > MaximumObjects)
        {
            throw new InvalidDataException("its groups run too deep or are too many");
        }

        foreach (Hdf5Child child in links.Children(group))
        {
            string childPath = $"{path}/{child.Name}";
            switch (child.Place)
            {
                case null:
                    Broken.Add((childPath, Streams.OneLine(child.Reason!)));
                    break;
                case { Object: NativeGroup } inner:
                    Visit(inner, childPath, depth + 1);
                    break;
                case { Object: NativeDataset dataset, Home: var home }:
                    Add(childPath, dataset, home, child.Name == "value" && IsOctave(group));
                    break;
                default:
                    break;
            }
        }
    }

    // Octave puts an array into a group of its own, beside its type.
    private static bool IsOctave(Hdf5Place group) => group.Object.AttributeExists("OCTAVE_NEW_FORMAT");

    private void Add(string path, NativeDataset dataset, Hdf5OpenFile home, bool isOctave)
    {
        var identity = PureHdfInternals.Identity(dataset);
        if (arrays.TryGetValue(identity, out Hdf5Array? known))
        {
            known.Paths.Add(path);
            return;
        }

        Hdf5Array array = new(dataset, home) { Paths = { path }, IsOctave = isOctave };
        arrays[identity] = array;
        Datasets.Add(array);
    }
}

/// <summary>A dataset, the file it is in, and the paths that lead to it.</summary>
/// <param name="dataset">In that file.</param>
/// <param name="home">Borrowed.</param>
internal sealed class Hdf5Array(NativeDataset dataset, Hdf5OpenFile home)
{
    public NativeDataset Dataset { get; } = dataset;

    public Hdf5OpenFile Home { get; } = home;

    /// <summary>Octave wrote it.</summary>
    public bool IsOctave { get; init; }

    /// <summary>First found first.</summary>
    public List<string> Paths { get; } = [];

    public string Path => Paths[0];
}
