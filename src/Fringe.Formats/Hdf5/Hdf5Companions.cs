using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>What an HDF5 file says of a stack beside its values: the detector's mask and its saturation, by the names of NeXus, CXI and DECTRIS.</summary>
internal static class Hdf5Companions
{
    private static readonly string[] Masks = ["mask", "pixel_mask", "bad_pixel_mask", "detector_mask", "bad_pixels"];

    private static readonly string[] Saturations =
    [
        "countrate_correction_count_cutoff",
        "saturation_value",
        "count_cutoff",
        "saturation_level",
    ];

    /// <summary>The masks of a stack's detector, nearest first: those equally near stand before all others.</summary>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">The stack's datasets.</param>
    /// <param name="shape">Of the whole stack, as it lies in the file.</param>
    public static IReadOnlyList<Hdf5Array> MasksOf(
        Hdf5Tree tree,
        IReadOnlyList<Hdf5Array> stack,
        IReadOnlyList<long> shape
    )
    {
        Hdf5Array[] fitting =
        [
            .. Near(tree, stack, Masks)
                .Where(array =>
                    Hdf5Values.Element(array.Dataset) is not null
                    && Shapes.IsOfFrames(Hdf5Values.Shape(array.Dataset), shape)
                ),
        ];
        int nearest = fitting.Select(array => Nearness(array, stack)).DefaultIfEmpty(0).Max();
        return [.. fitting.Where(array => Nearness(array, stack) == nearest)];
    }

    /// <summary>The least count that the stack's detector calls saturated; null where the file does not say.</summary>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">The stack's datasets.</param>
    public static RecordedSaturation? SaturationOf(Hdf5Tree tree, IReadOnlyList<Hdf5Array> stack)
    {
        List<(int Nearness, RecordedSaturation Saturation)> found = [];
        foreach (Hdf5Array array in Near(tree, stack, Saturations))
        {
            if (Hdf5Values.SingleNumber(array.Dataset) is double counts && counts > 0 && double.IsFinite(counts))
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

    private static IEnumerable<Hdf5Array> Near(Hdf5Tree tree, IReadOnlyList<Hdf5Array> stack, string[] names) =>
        tree.Datasets.Where(array =>
            !stack.Contains(array)
            && array.Paths.Exists(path => names.Contains(path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant()))
            && IsOfOneEntry(array, stack)
        );

    // Another scan's detector may have been another one, or masked otherwise.
    private static bool IsOfOneEntry(Hdf5Array array, IReadOnlyList<Hdf5Array> stack) =>
        array.Paths.Exists(path =>
            Entry(path).Length == 0 || stack[0].Paths.Exists(other => Entry(other) == Entry(path))
        );

    private static string Entry(string path)
    {
        string[] names = path.Split('/');
        return names.Length > 2 ? names[1] : "";
    }

    // How many groups they have in common, by the paths that have most.
    private static int Nearness(Hdf5Array array, IReadOnlyList<Hdf5Array> stack) =>
        array.Paths.Max(path => stack[0].Paths.Max(other => Common(path.Split('/'), other.Split('/'))));

    private static int Common(string[] path, string[] other) =>
        path[..^1].Zip(other[..^1]).TakeWhile(names => names.First == names.Second).Count();
}
