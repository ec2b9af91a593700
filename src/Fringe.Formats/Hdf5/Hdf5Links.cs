using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// The objects of an HDF5 file and of those that its external links lead to. A file that a link names lies beside the link's own, as HDF5 looks for it. Owns the files.
/// </summary>
internal sealed class Hdf5Links : IDisposable
{
    private const int MostHops = 32;
    private readonly Dictionary<string, Hdf5OpenFile> linked = [];
    private readonly Dictionary<(object File, ulong Address), Dictionary<string, StoredLink>> known = [];

    /// <param name="main">Owned.</param>
    public Hdf5Links(Hdf5OpenFile main)
    {
        Main = main;
        linked[Path.GetFullPath(main.Path)] = main;
    }

    public Hdf5OpenFile Main { get; }

    public Hdf5Place Root => RootOf(Main);

    /// <summary>What is in a group, link by link; a link that leads nowhere has no place.</summary>
    /// <param name="group">Holds a group.</param>
    public IEnumerable<Hdf5Child> Children(Hdf5Place group)
    {
        foreach (StoredLink link in LinksOf(group).Values)
        {
            group.Home.Stream.Refill();
            yield return Follow(group, link);
        }
    }

    /// <summary>The object at a path from the root; null where there is none.</summary>
    /// <param name="path">With or without a slash at its start.</param>
    public Hdf5Place? Find(string path)
    {
        try
        {
            return Walk(Root, path, hops: 0);
        }
        catch (LinkException)
        {
            return null;
        }
    }

    /// <summary>Reads a file and those that it links to; whatever a damaged one makes a parser do ends in one clear line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What to say of a file that is no HDF5: "expected ...".</param>
    /// <param name="read">Reads what is wanted.</param>
    /// <exception cref="InputException">Missing, no HDF5 or damaged.</exception>
    public static T Read<T>(string path, string expected, Func<Hdf5Links, T> read) =>
        Hdf5Reading.Open(
            path,
            expected,
            said => $"truncated or damaged HDF5 ({said}); copy or save the file again",
            stream =>
            {
                using Hdf5Links links = new(new Hdf5OpenFile(stream, path));
                return read(links);
            }
        );

    public void Dispose()
    {
        foreach (Hdf5OpenFile file in linked.Values)
        {
            file.Dispose();
        }
    }

    private static Hdf5Place RootOf(Hdf5OpenFile file) => new(file, PureHdfLinks.Root(file.File));

    private Hdf5Child Follow(Hdf5Place group, StoredLink link)
    {
        try
        {
            return new Hdf5Child(link.Name, Resolve(group, link, hops: 0), null);
        }
        catch (LinkException error)
        {
            return new Hdf5Child(link.Name, null, error.Message);
        }
    }

    private Hdf5Place Resolve(Hdf5Place group, StoredLink link, int hops)
    {
        if (hops > MostHops)
        {
            throw new LinkException("it leads from one link to the next without an end");
        }

        if (link.Address is { } address)
        {
            return new Hdf5Place(group.Home, PureHdfLinks.Open(group.Home.File, link.Name, address));
        }

        if (link.Target is not { Length: > 0 } target)
        {
            throw new LinkException("it is of a kind that is not known");
        }

        Hdf5Place from = link.File is { } file ? RootOf(Open(group.Home, file)) : group;
        return Walk(from, target, hops + 1);
    }

    private Hdf5Place Walk(Hdf5Place from, string path, int hops)
    {
        Hdf5Place place = path.StartsWith('/') ? RootOf(from.Home) : from;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "."))
        {
            place.Home.Stream.Refill();
            place =
                place.Object is NativeGroup && LinksOf(place).TryGetValue(name, out StoredLink? link)
                    ? Resolve(place, link, hops)
                    : throw new LinkException($"there is no {path} in {from.Home.Path}");
        }

        return place;
    }

    private Dictionary<string, StoredLink> LinksOf(Hdf5Place group)
    {
        var identity = PureHdfInternals.Identity(group.Object);
        if (!known.TryGetValue(identity, out Dictionary<string, StoredLink>? links))
        {
            links = [];
            foreach (StoredLink link in PureHdfLinks.Of((NativeGroup)group.Object))
            {
                links[link.Name] = link;
            }

            known[identity] = links;
        }

        return links;
    }

    private Hdf5OpenFile Open(Hdf5OpenFile home, string file)
    {
        // As HDF5 does: where an absolute path has moved, the file's name beside the link's own; a path may be another system's.
        string name = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        string[] folders = [FolderOf(home.Path), FolderOf(TargetOf(home.Path))];
        string[] places =
        [
            .. folders.SelectMany(folder => new[] { Path.Combine(folder, file), Path.Combine(folder, name) }),
        ];
        string path = places.FirstOrDefault(File.Exists) ?? places[^1];
        if (linked.TryGetValue(Path.GetFullPath(path), out Hdf5OpenFile? open))
        {
            return open;
        }

        if (!File.Exists(path))
        {
            throw new LinkException($"the file {file} is not there");
        }

        try
        {
            FileStream stream = Streams.OpenRead(path);
            if (!Hdf5Superblock.IsPresent(stream))
            {
                stream.Dispose();
                throw new LinkException($"the file {file} is no HDF5 file");
            }

            return linked[Path.GetFullPath(path)] = new Hdf5OpenFile(stream, path);
        }
        catch (InputException error)
        {
            throw new LinkException(error.Message);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";

    // Where the file itself lies, if its path is a link.
    private static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }

    private sealed class LinkException(string message) : Exception(message);
}

/// <summary>An object and the file it is in.</summary>
/// <param name="home">Borrowed.</param>
/// <param name="item">In that file.</param>
internal sealed class Hdf5Place(Hdf5OpenFile home, IH5Object item)
{
    public Hdf5OpenFile Home { get; } = home;

    public IH5Object Object { get; } = item;
}

/// <summary>What a link leads to.</summary>
/// <param name="Name">The link's.</param>
/// <param name="Place">null where it leads nowhere.</param>
/// <param name="Reason">Why it leads nowhere.</param>
internal sealed record Hdf5Child(string Name, Hdf5Place? Place, string? Reason);
