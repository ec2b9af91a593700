using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Finds the array to read: by name, by the file's own NeXus or CXI markers, or as the largest; a scan in parts as a whole.</summary>
/// <param name="path">The file's, for errors.</param>
/// <param name="links">Of the file.</param>
/// <param name="tree">Of the file.</param>
/// <param name="role">What it is wanted for.</param>
internal sealed class Hdf5Choice(string path, Hdf5Links links, Hdf5Tree tree, ArrayRole role)
{
    private const int MaximumHops = 8;

    private static readonly string[] CxiPaths =
    [
        "/entry_1/data_1/data",
        "/entry_1/image_1/data",
        "/entry_1/instrument_1/detector_1/data",
    ];

    private readonly IReadOnlyList<Hdf5Series> series = role == ArrayRole.Stack ? Hdf5Series.Of(path, tree) : [];

    /// <summary>The one that the file itself puts forward.</summary>
    /// <exception cref="InputException">Nothing fits, or several fit equally well.</exception>
    public Hdf5Chosen Choose() => Choose(links.Root, under: "");

    /// <summary>A dataset by its name; in a group by its, the one that would be chosen of a file with nothing else.</summary>
    /// <exception cref="InputException">No such dataset; the message lists the candidates.</exception>
    public Hdf5Chosen Find(string dataset)
    {
        string name = "/" + dataset.Trim('/');
        if (tree.Datasets.Find(array => array.Paths.Contains(name)) is { } known)
        {
            return new Hdf5Chosen(name, [known]);
        }

        RefuseBroken(name);
        Hdf5Place? place = name.Length > 1 ? links.Find(name) : links.Root;
        return place switch
        {
            { Object: NativeDataset linked, Home: var home } => new Hdf5Chosen(
                name,
                [new(linked, home) { Paths = { name } }]
            ),
            { Object: NativeGroup } group => Choose(group, tree.PathOf(group)),
            _ => throw InputException.ForFile(
                path,
                $"no such dataset; the file has: {CandidateChoice.List(Candidates("", rankAtLeast: 2))}",
                dataset
            ),
        };
    }

    private Hdf5Chosen Choose(Hdf5Place within, string under)
    {
        foreach (string marked in Marked(within, under).Where(name => IsUnder(name, under)))
        {
            RefuseBroken(marked);
            if (links.Find(marked) is { Object: NativeDataset dataset, Home: var home } && Fits(dataset))
            {
                Hdf5Array array =
                    tree.Datasets.Find(array => array.Paths.Contains(marked))
                    ?? new(dataset, home) { Paths = { marked } };
                return SeriesOf(array) is { } whole
                    ? Whole(whole)
                    : new Hdf5Chosen(marked, [array]) { Remarks = [.. LeftBeside(marked, array, under)] };
            }
        }

        // A scan in parts is one candidate, in the place of its parts. Images beside a stack are spectra and the like, unless they are called frames.
        bool hasStack = Candidates(under, rankAtLeast: 3).Exists(IsStack);
        Hdf5Series[] scans =
        [
            .. series.Where(one =>
                IsUnder($"{one.Group}/", under)
                && (one.IsNamedSo || (one.IsOneAFrame && !hasStack) || IsAll(one, under))
            ),
        ];
        HashSet<Hdf5Array> parts = [.. scans.SelectMany(one => one.Parts)];
        Candidate[] joined =
        [
            .. scans.Select(one => new Candidate(
                GroupName(one),
                one.Shape,
                Hdf5Values.TypeName(one.Parts.First().Dataset),
                IsReal: true
            )
            {
                IsOneAFrame = one.IsOneAFrame,
            }),
        ];
        List<Candidate> candidates = [.. Candidates(under, rankAtLeast: 1, except: parts), .. joined];
        if (candidates.Count == 0)
        {
            tree.Broken.Where(link => IsUnder(link.Path, under))
                .Select(link => link.Path)
                .ToList()
                .ForEach(RefuseBroken);
        }

        RefuseNumbered(candidates, joined);
        Candidate choice = CandidateChoice.Choose(under.Length > 0 ? $"{path} [{under}]" : path, candidates, role);
        string[] left = [.. CandidateChoice.LeftRemark(candidates, choice.Name)];
        // Two series of one group have one name.
        if (Array.FindIndex(joined, one => ReferenceEquals(one, choice)) is >= 0 and int scan)
        {
            return Whole(scans[scan], left);
        }

        Hdf5Array chosen = tree.Datasets.Find(array => array.Path == choice.Name)!;
        return new Hdf5Chosen(choice.Name, [chosen]) { IsLargest = true, Remarks = left };
    }

    // Parts, entries or scans: the largest of them says nothing of the others.
    private void RefuseNumbered(List<Candidate> candidates, Candidate[] joined)
    {
        if (
            role != ArrayRole.Stack
            || candidates.Where(IsStack).MaxBy(candidate => Shapes.Count(candidate.Shape)) is not { } largest
            || joined.Contains(largest)
            || tree.Datasets.Find(array => array.Path == largest.Name) is not { } first
        )
        {
            return;
        }

        foreach (Hdf5Series one in series.Where(one => one.Parts.Contains(first)))
        {
            Candidate[] parts =
            [
                .. one
                    .Parts.Select(Candidate)
                    .Where(part => IsStack(part) && candidates.Exists(candidate => candidate.Name == part.Name)),
            ];
            if (parts.Length > 1)
            {
                string all = one.IsOfGroups ? "" : $", or their group {GroupName(one)} to take them one after another";
                throw InputException.ForFile(
                    path,
                    $"these may be parts of one scan or scans of their own: {CandidateChoice.List(parts)}; choose one with `Dataset`{all}",
                    largest.Name
                );
            }
        }
    }

    private static bool IsStack(Candidate candidate) =>
        candidate.IsReal && candidate.Shape is [> 1, > 1, > 1] && !ArrayNames.IsNoMeasurement(candidate.Name);

    // CXI has one place for the measurement, whatever else the file holds.
    private IEnumerable<string> LeftBeside(string marked, Hdf5Array array, string under) =>
        CxiPaths.Contains(marked)
            ? CandidateChoice.LeftRemark(
                [.. Candidates(under, rankAtLeast: 3).Where(candidate => !array.Paths.Contains(candidate.Name))],
                marked,
                "the first in CXI's places"
            )
            : [];

    private static string GroupName(Hdf5Series one) => one.Group.Length == 0 ? "/" : one.Group;

    private static bool IsAll(Hdf5Series one, string under) =>
        one.Group == under && under.Length > 0 && !one.IsOfGroups;

    private Hdf5Series? SeriesOf(Hdf5Array array) =>
        series.FirstOrDefault(one => one is { IsOneScan: true, IsOfGroups: false } && one.Parts.Contains(array));

    private Hdf5Chosen Whole(Hdf5Series scan, params IReadOnlyList<string> remarks)
    {
        scan.RequireWhole();
        var (parts, said) = Hdf5FrameNumbers.Sort(path, [.. scan.Parts]);
        return new Hdf5Chosen(parts.Count == 1 ? parts[0].Path : GroupName(scan), parts)
        {
            Remarks = [.. remarks, .. said],
        };
    }

    // A NeXus default may well point to a curve of the scan; only a stack (or, for darks and masks, an image) is taken.
    private bool Fits(NativeDataset dataset)
    {
        int rank = Shapes.Squeezed(Hdf5Values.Shape(dataset)).Count;
        return rank == 3 || (role != ArrayRole.Stack && rank == 2);
    }

    private void RefuseBroken(string name)
    {
        if (tree.Broken.Find(link => link.Path == name) is { Path.Length: > 0 } broken)
        {
            throw InputException.ForFile(
                path,
                $"the link leads nowhere ({broken.Reason}); put what it names where it looks for it, beside this one",
                name
            );
        }
    }

    // A mask has no place of its own in NeXus or CXI: what they put forward is the data.
    private IEnumerable<string> Marked(Hdf5Place within, string under)
    {
        if (role is not (ArrayRole.Stack or ArrayRole.Part))
        {
            yield break;
        }

        if (NexusDefault(within, under) is { } signal)
        {
            yield return signal;
        }

        foreach (string known in CxiPaths)
        {
            yield return known;
        }

        string[] signals =
        [
            .. tree.Datasets.Where(IsSignal).Select(array => array.Path).Where(path => IsUnder(path, under)),
        ];
        if (signals is [var only])
        {
            yield return only;
        }
    }

    // What a group calls its signal; before NeXus 3.1 the dataset says so itself.
    private bool IsSignal(Hdf5Array array)
    {
        if (!Fits(array.Dataset) || Hdf5Values.Element(array.Dataset) is null)
        {
            return false;
        }

        array.Home.Stream.Refill();
        return Hdf5Values.Flag(array.Dataset, "signal") == "1"
            || array.Paths.Exists(path =>
                path.LastIndexOf('/') is var slash
                && links.Find(slash == 0 ? "/" : path[..slash]) is { Object: NativeGroup group }
                && Hdf5Values.Text(group, "signal") == path[(slash + 1)..]
            );
    }

    // root@default -> entry@default -> data@signal, as NeXus defines it.
    private string? NexusDefault(Hdf5Place group, string name)
    {
        for (int hop = 0; hop < MaximumHops; hop++)
        {
            if (Hdf5Values.Text(group.Object, "signal") is { Length: > 0 } signal)
            {
                return $"{name}/{signal}";
            }

            if (Hdf5Values.Text(group.Object, "default") is not { Length: > 0 } next)
            {
                return null;
            }

            name = next[0] == '/' ? next.TrimEnd('/') : $"{name}/{next.TrimEnd('/')}";
            if (links.Find(name) is not { Object: NativeGroup } inner)
            {
                return null;
            }

            group = inner;
        }

        return null;
    }

    private static bool IsUnder(string name, string group) => name.StartsWith($"{group}/", StringComparison.Ordinal);

    private List<Candidate> Candidates(string under, int rankAtLeast, HashSet<Hdf5Array>? except = null) =>
        [
            .. tree
                .Datasets.Where(array =>
                    array.Dataset.Space.Rank >= rankAtLeast
                    && IsUnder(array.Path, under)
                    && except?.Contains(array) != true
                )
                .Select(Candidate),
        ];

    private static Candidate Candidate(Hdf5Array array) =>
        new(
            array.Path,
            Shapes.Squeezed(Hdf5Values.Shape(array.Dataset)),
            Hdf5Values.TypeName(array.Dataset),
            Hdf5Values.Element(array.Dataset) is not null
        );
}
