using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// Datasets whose paths differ by one number alone: a scan in parts, as detectors write them (<c>data_000001</c>, <c>data_000002</c>), or one a frame, or
/// entries, scans and detectors in numbered groups (<c>entry_0000/measurement/data</c>).
/// </summary>
internal sealed partial class Hdf5Series
{
    // Scans, runs and detectors are numbered, too.
    private static readonly string[] NamesOfParts = ["", "data", "frame", "frames", "image", "images", "img", "part"];
    private static readonly string[] NamesOfGroups = ["frame", "frames", "image", "images", "img", "part"];
    private readonly string path;
    private readonly string prefix;
    private readonly List<(long Number, string Path, Hdf5Array? Array, string Reason)> members;

    private Hdf5Series(
        string path,
        (string Group, string Prefix, string Behind) key,
        List<(long Number, string Path, Hdf5Array? Array, string Reason)> members
    )
    {
        this.path = path;
        this.members = members;
        (Group, prefix, string behind) = key;
        IsOfGroups = behind.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>That they are in.</summary>
    public string Group { get; }

    /// <summary>Their groups are numbered, not they themselves.</summary>
    public bool IsOfGroups { get; }

    /// <summary>In the order of their numbers.</summary>
    public IEnumerable<Hdf5Array> Parts => members.Select(member => member.Array).OfType<Hdf5Array>();

    /// <summary>Whether nothing but the parts of one scan is numbered so; else they may be scans or detectors.</summary>
    public bool IsOneScan => IsNamedSo || IsOneAFrame;

    /// <summary>Whether their name says that they are parts of one scan.</summary>
    public bool IsNamedSo =>
        (IsOfGroups ? NamesOfGroups : NamesOfParts).Contains(prefix.TrimEnd('_', '-', '.', ' ').ToLowerInvariant());

    /// <summary>Every one is a single image.</summary>
    public bool IsOneAFrame => Parts.All(part => Shapes.AsStack(Hdf5Values.Shape(part.Dataset))[0] == 1);

    /// <summary>Of all frames.</summary>
    public IReadOnlyList<long> Shape
    {
        get
        {
            IReadOnlyList<long>[] shapes = [.. Parts.Select(part => Shapes.AsStack(Hdf5Values.Shape(part.Dataset)))];
            return [shapes.Sum(shape => shape[0]), .. shapes[0].Skip(1)];
        }
    }

    /// <summary>All series of a file: at least two numbered names, of which one leads to frames of real numbers.</summary>
    /// <param name="path">The file's, for errors.</param>
    /// <param name="tree">Of the file.</param>
    public static IReadOnlyList<Hdf5Series> Of(string path, Hdf5Tree tree)
    {
        Dictionary<(string, string, string), List<(long, string, Hdf5Array?, string)>> found = [];
        foreach (Hdf5Array array in tree.Datasets.Where(IsFrames))
        {
            array.Paths.ForEach(name => Add(name, array, ""));
        }

        foreach ((string name, string reason) in tree.Broken)
        {
            Add(name, null, reason);
        }

        return
        [
            .. found
                .Where(series => series.Value.Count > 1 && series.Value.Exists(member => member.Item3 is not null))
                .Select(series => new Hdf5Series(path, series.Key, [.. series.Value.OrderBy(member => member.Item1)])),
        ];

        void Add(string name, Hdf5Array? array, string reason)
        {
            foreach (((string, string, string) key, long number) in Numbers(name))
            {
                if (!found.TryGetValue(key, out var members))
                {
                    found[key] = members = [];
                }

                members.Add((number, name, array, reason));
            }
        }
    }

    // Each number in a path in turn: a dataset's at the end of its name, a group's anywhere in it.
    private static IEnumerable<((string Group, string Prefix, string Behind) Key, long Number)> Numbers(string name)
    {
        int last = name.LastIndexOf('/');
        foreach (Match match in Digits().Matches(name))
        {
            string behind = name[(match.Index + match.Length)..];
            if ((match.Index < last || behind.Length == 0) && long.TryParse(match.ValueSpan, out long number))
            {
                int start = name.LastIndexOf('/', match.Index);
                yield return ((name[..start], name[(start + 1)..match.Index], behind), number);
            }
        }
    }

    /// <exception cref="InputException">A part is missing, or they do not belong together.</exception>
    public void RequireWhole()
    {
        if (members.Find(member => member.Array is null) is { Path.Length: > 0 } broken)
        {
            throw Error(
                $"the scan is in parts, and this one leads nowhere ({broken.Reason}); put the file it names beside this one, or choose a part that is there with `Dataset`",
                broken.Path
            );
        }

        // Frames may be numbered through a whole night; parts begin with 0 or 1.
        long next = IsOneAFrame ? members[0].Number : Math.Min(members[0].Number, 1);
        foreach ((long number, string name, _, _) in members)
        {
            if (number != next)
            {
                string missing = number == next + 1 ? $"part {next} is" : $"parts {next} to {number - 1} are";
                throw Error(
                    $"the scan is in parts, and {missing} not there; copy the file again, or choose one part with `Dataset`",
                    name
                );
            }

            next++;
        }

        Hdf5Array first = Parts.First();
        foreach (Hdf5Array part in Parts)
        {
            if (Frames(part) != Frames(first))
            {
                throw Error(
                    $"the scan is in parts that do not belong together: its frames are {Frames(part)}, those of {first.Path} {Frames(first)}; choose one with `Dataset`",
                    part.Path
                );
            }
        }
    }

    private static bool IsFrames(Hdf5Array array) =>
        !ArrayNames.IsNoMeasurement(array.Path)
        && Hdf5Values.Element(array.Dataset) is not null
        && Shapes.AsStack(Hdf5Values.Shape(array.Dataset)) is { Count: 3 } shape
        && shape.All(axis => axis > 0);

    private static string Frames(Hdf5Array part) =>
        $"{Shapes.Text([.. Shapes.AsStack(Hdf5Values.Shape(part.Dataset)).Skip(1)])} {Hdf5Values.TypeName(part.Dataset)}";

    private InputException Error(string problem, string dataset) => InputException.ForFile(path, problem, dataset);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
