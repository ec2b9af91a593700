using System.Text.RegularExpressions;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>The masks of an HDF5 file, by the names of NeXus, CXI, DECTRIS and LImA: which is a stack's own, and why others are not applied.</summary>
internal sealed partial class Hdf5Masks
{
    // CXI marks with bits what a pixel is: an artifact that was corrected (2048), a peak that was found (8192), a background that was subtracted (16384).
    private const uint HarmlessInCxi = 2048 | 8192 | 16384;
    private const int MostNamed = 3;
    private readonly string path;
    private readonly Hdf5Tree tree;
    private readonly Hdf5Stack stack;
    private readonly Hdf5Array[] known;
    private readonly Hdf5Array[] near;

    /// <param name="path">The file's.</param>
    /// <param name="tree">Of the file.</param>
    /// <param name="stack">What is read of it.</param>
    public Hdf5Masks(string path, Hdf5Tree tree, Hdf5Stack stack)
    {
        this.path = path;
        this.tree = tree;
        this.stack = stack;
        known =
        [
            .. Hdf5Companions.Near(tree, stack.Parts, ArrayNames.IsMask).Where(array => array.Dataset.Space.Rank > 1),
        ];
        Hdf5Array[] fitting = [.. known.Where(Fits)];
        int nearest = fitting.Select(Nearness).DefaultIfEmpty(0).Max();
        near = [.. fitting.Where(array => Nearness(array) == nearest)];
        Hdf5Array[] usual = [.. near.Where(array => array.Paths.Exists(ArrayNames.IsUsualMask))];
        Nearest = usual.Length == 1 ? usual : near;
    }

    /// <summary>Those of the frames' shape that are nearest to the stack and equally near, or the only one of a usual name; one is its own, of several none.</summary>
    public IReadOnlyList<Hdf5Array> Nearest { get; }

    /// <summary>The bits that mark nothing bad in a mask of that path.</summary>
    /// <param name="name">Of the mask.</param>
    public static uint HarmlessBits(string name) => OfCxi().IsMatch(name) ? HarmlessInCxi : 0;

    /// <summary>What a user should know of masks that are not applied, one sentence each.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Nearest.Count > 1)
        {
            yield return $"The file has {Nearest.Count} masks that fit the frames ({Names(Nearest)}), and none is applied: give the right one as "
                + $"`Mask` {path}:{Nearest[0].Path}.";
        }

        foreach (
            (string name, string reason) in tree.Broken.Where(link => ArrayNames.IsMask(link.Path)).Take(MostNamed)
        )
        {
            yield return $"The file's mask {name} is not applied: its link leads nowhere ({reason}).";
        }

        if (Nearest.Count == 1 && near.Length > 1)
        {
            yield return $"Of the file's masks {Nearest[0].Path} is applied alone, not {Names([.. near.Except(Nearest)])}.";
        }

        if (Nearest.Count > 0)
        {
            yield break;
        }

        foreach (Hdf5Array mask in known.Take(MostNamed))
        {
            yield return $"The file's mask {mask.Path} is not applied: {ReasonOf(mask)}.";
        }

        Hdf5Array[] elsewhere =
        [
            .. tree.Datasets.Where(array =>
                !known.Contains(array) && array.Paths.Exists(ArrayNames.IsMask) && Fits(array)
            ),
        ];
        if (elsewhere.Length > 0)
        {
            yield return $"The file has a mask of the frames' shape in another group ({Names(elsewhere)}), which is not applied: if it is of this detector and scan, give it as "
                + $"`Mask` {path}:{elsewhere[0].Path}.";
        }
    }

    private bool Fits(Hdf5Array array) =>
        !stack.Parts.Contains(array)
        && Hdf5Values.Element(array.Dataset) is not null
        && Shapes.OfFrames(Hdf5Values.Shape(array.Dataset), stack.ShapeInFile) is not null;

    private int Nearness(Hdf5Array array) => Hdf5Companions.Nearness(array, stack.Parts);

    private string ReasonOf(Hdf5Array mask)
    {
        if (Hdf5Values.Element(mask.Dataset) is null)
        {
            return $"its elements are {Hdf5Values.TypeName(mask.Dataset)}, expected numbers or bool";
        }

        return Shapes.MaskMisfit(Hdf5Values.Shape(mask.Dataset), stack.ShapeInFile, $"{path}:{mask.Path}");
    }

    private static string Names(IReadOnlyList<Hdf5Array> masks)
    {
        string more = masks.Count > MostNamed ? $" and {masks.Count - MostNamed} more" : "";
        return string.Join(", ", masks.Take(MostNamed).Select(mask => mask.Path)) + more;
    }

    [GeneratedRegex("^/entry_[0-9]+/(?:instrument_[0-9]+/detector|data|image)_[0-9]+/mask(?:_shared)?$")]
    private static partial Regex OfCxi();
}
