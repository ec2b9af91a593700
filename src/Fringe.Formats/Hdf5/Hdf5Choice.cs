using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Finds the dataset to read: by name, by the file's own NeXus or CXI markers, or as the largest.</summary>
internal static class Hdf5Choice
{
    private const int MaximumHops = 8;

    private static readonly string[] CxiPaths =
    [
        "/entry_1/data_1/data",
        "/entry_1/image_1/data",
        "/entry_1/instrument_1/detector_1/data",
    ];

    /// <summary>A dataset by its name; in a group by its, the one that would be chosen of a file with nothing else.</summary>
    /// <exception cref="InputException">No such dataset; the message lists the candidates.</exception>
    public static (string Name, NativeDataset Dataset) Find(
        string path,
        NativeFile file,
        Hdf5Tree tree,
        H5LinkAccess links,
        string dataset,
        bool preferStack
    )
    {
        string name = "/" + dataset.Trim('/');
        foreach ((string known, NativeDataset found) in tree.Datasets)
        {
            if (known == name)
            {
                return (known, found);
            }
        }

        foreach ((string broken, string reason) in tree.Broken)
        {
            if (broken == name)
            {
                throw InputException.ForFile(
                    path,
                    $"the link leads nowhere ({Streams.OneLine(reason)}); put the file it names beside this one",
                    name
                );
            }
        }

        // A soft or external link is a second name for what the tree lists under its first.
        IH5Object? item = name.Length > 1 ? TryGet(file, name, links) : null;
        if (item is NativeDataset linked)
        {
            return (name, linked);
        }

        if (item is NativeGroup group)
        {
            return Choose(path, file, tree, links, preferStack, group, name);
        }

        List<Candidate> candidates = Candidates(tree, rankAtLeast: 2);
        throw InputException.ForFile(
            path,
            $"no such dataset; the file has: {CandidateChoice.List(candidates)}",
            dataset
        );
    }

    /// <exception cref="InputException">Nothing fits, or several fit equally well.</exception>
    public static (string Name, NativeDataset Dataset) Choose(
        string path,
        NativeFile file,
        Hdf5Tree tree,
        H5LinkAccess links,
        bool preferStack
    ) => Choose(path, file, tree, links, preferStack, file, under: "");

    private static (string Name, NativeDataset Dataset) Choose(
        string path,
        NativeFile file,
        Hdf5Tree tree,
        H5LinkAccess links,
        bool preferStack,
        NativeGroup within,
        string under
    )
    {
        foreach (string marked in Marked(file, links, within, under))
        {
            if (
                IsUnder(marked, under)
                && TryGet(file, marked, links) is NativeDataset dataset
                && Fits(dataset, preferStack)
            )
            {
                return (marked, dataset);
            }
        }

        List<Candidate> candidates = Candidates(tree, rankAtLeast: 1, under);
        if (candidates.Count == 0 && tree.Broken.Exists(link => IsUnder(link.Path, under)))
        {
            (string broken, string reason) = tree.Broken.First(link => IsUnder(link.Path, under));
            throw InputException.ForFile(
                path,
                $"the link leads nowhere ({Streams.OneLine(reason)}); put the file it names beside this one",
                broken
            );
        }

        Candidate choice = CandidateChoice.Choose(
            under.Length > 0 ? $"{path} [{under}]" : path,
            candidates,
            preferStack
        );
        return (choice.Name, tree.Datasets.First(item => item.Path == choice.Name).Dataset);
    }

    // A NeXus default may well point to a curve of the scan; only a stack (or, for darks and masks, an image) is taken.
    private static bool Fits(NativeDataset dataset, bool preferStack) =>
        dataset.Space.Rank == 3 || (!preferStack && dataset.Space.Rank == 2);

    private static IEnumerable<string> Marked(NativeFile file, H5LinkAccess links, NativeGroup within, string under)
    {
        if (NexusDefault(file, links, within, under) is { } signal)
        {
            yield return signal;
        }

        foreach (string path in CxiPaths)
        {
            yield return path;
        }
    }

    // root@default -> entry@default -> data@signal, as NeXus defines it.
    private static string? NexusDefault(NativeFile file, H5LinkAccess links, NativeGroup group, string path)
    {
        for (int hop = 0; hop < MaximumHops; hop++)
        {
            if (Hdf5Values.Text(group, "signal") is { Length: > 0 } signal)
            {
                return $"{path}/{signal}";
            }

            if (Hdf5Values.Text(group, "default") is not { Length: > 0 } next)
            {
                return null;
            }

            path = next[0] == '/' ? next.TrimEnd('/') : $"{path}/{next.TrimEnd('/')}";
            if (TryGet(file, path, links) is not NativeGroup inner)
            {
                return null;
            }

            group = inner;
        }

        return null;
    }

    private static IH5Object? TryGet(NativeFile file, string path, H5LinkAccess links)
    {
        string[] segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length is 0 or > 64)
        {
            return null;
        }

        string clean = "/" + string.Join('/', segments);
        return file.LinkExists(clean, links) ? file.Get(clean, links) : null;
    }

    private static bool IsUnder(string name, string group) => name.StartsWith($"{group}/", StringComparison.Ordinal);

    private static List<Candidate> Candidates(Hdf5Tree tree, int rankAtLeast, string under = "") =>
        [
            .. tree
                .Datasets.Where(item => item.Dataset.Space.Rank >= rankAtLeast && IsUnder(item.Path, under))
                .Select(item => Hdf5Description.Candidate(item.Path, item.Dataset)),
        ];
}
