using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>What an HDF5 file says of a stack beside its values: the detector's mask and its saturation, by the names of NeXus, CXI and DECTRIS.</summary>
internal static class Hdf5Companions
{
    private static readonly string[] Saturations =
    [
        "countrate_correction_count_cutoff",
        "saturation_value",
        "count_cutoff",
        "saturation_level",
    ];

    /// <summary>The least count that the stack's detector calls saturated; null where the file does not say.</summary>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">The stack's datasets.</param>
    public static RecordedSaturation? SaturationOf(Hdf5Tree tree, IReadOnlyList<Hdf5Array> stack)
    {
        List<(int Nearness, RecordedSaturation Saturation)> found = [];
        foreach (Hdf5Array array in Near(tree, stack, path => Saturations.Contains(Last(path))))
        {
            if (Hdf5Values.EqualNumber(array.Dataset) is double counts && counts > 0 && double.IsFinite(counts))
            {
                found.Add((Nearness(array, stack), new RecordedSaturation(counts, array.Path)));
            }
        }

        return found
            .OrderByDescending(one => one.Nearness)
            .ThenBy(one => one.Saturation.Counts)
            .Select(one => one.Saturation)
            .FirstOrDefault();
    }

    /// <summary>A single number of a name, that of the stack's entry; null where there is none, or several differ.</summary>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">The stack's datasets.</param>
    /// <param name="name">The last part of its path.</param>
    public static (double Value, string Path)? NumberOf(Hdf5Tree tree, IReadOnlyList<Hdf5Array> stack, string name)
    {
        (double Value, string Path)[] found =
        [
            .. Near(tree, stack, path => Last(path) == name)
                .Select(array => (Hdf5Values.SingleNumber(array.Dataset), array.Path))
                .Where(one => one.Item1 is { } value && double.IsFinite(value))
                .Select(one => (one.Item1!.Value, one.Path)),
        ];
        return found.Select(one => one.Value).Distinct().Count() == 1 ? found[0] : null;
    }

    /// <summary>The datasets of the stack's entry, or beside all entries, whose path is of some kind.</summary>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">The stack's datasets.</param>
    /// <param name="isWanted">Of that kind.</param>
    public static IEnumerable<Hdf5Array> Near(
        Hdf5Tree tree,
        IReadOnlyList<Hdf5Array> stack,
        Predicate<string> isWanted
    ) =>
        tree.Datasets.Where(array =>
            !stack.Contains(array)
            && array.Paths.Exists(isWanted)
            && array.Paths.Exists(path => IsOfOneEntry(path, stack))
        );

    /// <summary>Whether a path is in the stack's entry: another scan's detector may have been another one, or masked otherwise.</summary>
    /// <param name="path">From the root.</param>
    /// <param name="stack">The stack's datasets.</param>
    public static bool IsOfOneEntry(string path, IReadOnlyList<Hdf5Array> stack) =>
        Entry(path).Length == 0 || stack[0].Paths.Exists(other => Entry(other) == Entry(path));

    /// <summary>How many groups a dataset has in common with the stack, by the paths that have most.</summary>
    /// <param name="array">Of the file.</param>
    /// <param name="stack">The stack's datasets.</param>
    public static int Nearness(Hdf5Array array, IReadOnlyList<Hdf5Array> stack) =>
        array.Paths.Max(path => stack[0].Paths.Max(other => Common(path.Split('/'), other.Split('/'))));

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();

    private static string Entry(string path)
    {
        string[] names = path.Split('/');
        return names.Length > 2 ? names[1] : "";
    }

    private static int Common(string[] path, string[] other) =>
        path[..^1].Zip(other[..^1]).TakeWhile(names => names.First == names.Second).Count();
}
