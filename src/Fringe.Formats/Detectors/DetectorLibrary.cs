using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Detectors;

/// <summary>The detectors whose layout ships with the program, and those a user describes in a file.</summary>
public static class DetectorLibrary
{
    private static readonly ShippedFiles Shipped = new("Detectors.");

    /// <summary>Every layout that ships.</summary>
    public static IReadOnlyList<DetectorLayout> All =>
        [.. Families.SelectMany(name => Shipped.Read(name, DetectorFile.Read))];

    /// <summary>Names of the families that ship.</summary>
    public static IReadOnlyList<string> Families => Shipped.Names;

    /// <summary>A detector by name, however it is spelt (eiger2-4m, Eiger2 4M), the one of a family that has the frames' size, or the one in a file.</summary>
    /// <param name="nameOrPath">What ends in .json is a file.</param>
    /// <param name="rows">Of the frames.</param>
    /// <param name="columns">Of the frames.</param>
    /// <exception cref="InputException">Unknown (lists the known ones), not a definition, or a family of which none has that size.</exception>
    public static DetectorLayout Find(string nameOrPath, int rows, int columns)
    {
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            using FileStream file = Streams.OpenRead(nameOrPath);
            return OfSize(nameOrPath, DetectorFile.Read(file, nameOrPath), rows, columns);
        }

        IReadOnlyList<DetectorLayout> all = All;
        if (all.FirstOrDefault(layout => ShippedFiles.AreOne(layout.Name, nameOrPath)) is { } named)
        {
            return named;
        }

        DetectorLayout[] family = [.. all.Where(layout => ShippedFiles.AreOne(layout.Family, nameOrPath))];
        return family.Length > 0
            ? OfSize(nameOrPath, family, rows, columns)
            : throw new InputException(
                $"no detector '{nameOrPath}' is known (`Detector`); known are {string.Join(", ", all.Select(layout => layout.Name))}, "
                    + "and any that a .json file describes (docs/geometry.md)"
            );
    }

    /// <summary>The detector that a file names, if its layout is known and has the frames' size, and how it is named there; null else.</summary>
    /// <param name="stack">As read.</param>
    /// <exception cref="InputException">The file cannot be read again.</exception>
    public static (DetectorLayout Layout, string Said)? Describing(MeasuredStack stack)
    {
        if (stack.PreparedOrigin is not null || !DetectorNames.MayBeIn(stack))
        {
            return null;
        }

        (int rows, int columns) = stack.FrameSize;

        DetectorLayout[] fitting = [.. All.Where(layout => layout.Rows == rows && layout.Columns == columns)];
        return fitting.Length == 0
            ? null
            : DetectorNames
                .Of(stack)
                .SelectMany(said =>
                    fitting.Select(layout => (Layout: layout, Said: said, Words: WordsIn(said, layout)))
                )
                .Where(found => found.Words > 0)
                // A CdTe detector is one of the silicon's name, too.
                .OrderByDescending(found => found.Words)
                .Select(found => ((DetectorLayout, string)?)(found.Layout, found.Said))
                .FirstOrDefault();
    }

    private static DetectorLayout OfSize(string name, IReadOnlyList<DetectorLayout> family, int rows, int columns) =>
        family.Count == 1
            ? family[0]
            : family.FirstOrDefault(layout => layout.Rows == rows && layout.Columns == columns)
                ?? throw new InputException(
                    $"`Detector` {name}: the frames have {rows} x {columns} pixels, and there are {string.Join(", ", family.Select(layout => $"{layout.Name} ({layout.Rows} x {layout.Columns})"))}; "
                        + "if the frames are a region, name the one that they are of and where they start, `RoiOrigin` ROW,COLUMN"
                );

    // How many of the words of a name are there, if all are.
    private static int WordsIn(string said, DetectorLayout layout)
    {
        string[] words = Words(said);
        return layout
            .FoundAs.Select(Words)
            .Where(name => name.Length > 0 && name.All(words.Contains))
            .Select(name => name.Length)
            .DefaultIfEmpty(0)
            .Max();
    }

    private static string[] Words(string text) =>
        string.Concat(text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
