using System.Text.Json.Serialization;
using Fringe.Core;
using Fringe.Formats.Beamlines;

namespace Fringe.Formats.Detectors;

/// <summary>Reads the definition of a family of detectors, a JSON file (docs/geometry.md shows one).</summary>
internal static class DetectorFile
{
    // More than any detector has along an edge.
    private const int MostPixels = 20_000;

    /// <param name="json">Borrowed.</param>
    /// <param name="path">For messages.</param>
    /// <returns>One layout a variant.</returns>
    /// <exception cref="InputException">Not such a file; says everything that is wrong.</exception>
    public static IReadOnlyList<DetectorLayout> Read(Stream json, string path)
    {
        Content content = UserJson.Read<Content>(json, path, "detector definition");
        string[] problems =
        [
            .. content.Variants.Count == 0 ? ["it has no variant"] : Array.Empty<string>(),
            .. content.Modules is { } modules ? Problems(modules) : [],
            .. content.Variants.SelectMany(variant => Problems(variant.Key, variant.Value)),
        ];
        return problems.Length == 0
            ? [.. content.Variants.Select(variant => Layout(content, variant.Key, variant.Value))]
            : throw InputException.ForFile(path, $"is no detector definition: {string.Join("; ", problems)}");
    }

    private static IEnumerable<string> Problems(Modules modules)
    {
        if (
            modules.Shape is not [> 0 and <= MostPixels, > 0 and <= MostPixels]
            || modules.Gap is not [>= 0 and <= MostPixels, >= 0 and <= MostPixels]
        )
        {
            yield return "modules: shape and gap are two numbers of pixels, [rows, columns]";
            yield break;
        }

        if (modules.Border < 0 || modules.Border >= Math.Min(modules.Shape[0], modules.Shape[1]))
        {
            yield return $"modules: a border of {modules.Border} pixels";
        }

        if (!AreRanges(modules.WideColumns, modules.Shape[1]))
        {
            yield return $"modules: wide_columns are [first, last] from 0 to {modules.Shape[1] - 1}";
        }
    }

    private static IEnumerable<string> Problems(string name, Variant? variant)
    {
        if (variant?.Shape is not [> 0 and <= MostPixels, > 0 and <= MostPixels])
        {
            yield return $"{name}: its shape is two numbers of pixels, [rows, columns]";
            yield break;
        }

        if (!AreRanges(variant.WideRows, variant.Shape[0]) || !AreRanges(variant.WideColumns, variant.Shape[1]))
        {
            yield return $"{name}: wide_rows and wide_columns are [first, last] within {variant.Shape[0]} x {variant.Shape[1]} pixels";
        }

        if (
            variant.WideAreas.Any(area =>
                area is not [var top, var bottom, var left, var right]
                || !AreRanges(
                    [
                        [top, bottom],
                    ],
                    variant.Shape[0]
                )
                || !AreRanges(
                    [
                        [left, right],
                    ],
                    variant.Shape[1]
                )
            )
        )
        {
            yield return $"{name}: wide_areas are [first row, last row, first column, last column] within {variant.Shape[0]} x {variant.Shape[1]} pixels";
        }
    }

    private static bool AreRanges(IReadOnlyList<IReadOnlyList<int>> ranges, int length) =>
        ranges.All(range => range is [var first, var last] && first >= 0 && first <= last && last < length);

    private static DetectorLayout Layout(Content content, string name, Variant variant)
    {
        (int rows, int columns) = (variant.Shape[0], variant.Shape[1]);
        List<PixelArea> wide =
        [
            .. variant.WideRows.Select(range => new PixelArea(range[0], range[1], 0, columns - 1)),
            .. variant.WideColumns.Select(range => new PixelArea(0, rows - 1, range[0], range[1])),
            .. variant.WideAreas.Select(area => new PixelArea(area[0], area[1], area[2], area[3])),
        ];
        List<PixelArea> gaps = [];
        if (content.Modules is { } modules)
        {
            int[] tops = Starts(modules.Shape[0], modules.Gap[0], rows);
            int[] lefts = Starts(modules.Shape[1], modules.Gap[1], columns);
            int border = modules.Border;
            foreach (int top in tops)
            {
                int bottom = Math.Min(top + modules.Shape[0], rows) - 1;
                Add(gaps, new PixelArea(bottom + 1, Math.Min(bottom + modules.Gap[0], rows - 1), 0, columns - 1));
                Add(wide, new PixelArea(top, top + border - 1, 0, columns - 1));
                Add(wide, new PixelArea(bottom - border + 1, bottom, 0, columns - 1));
            }

            foreach (int left in lefts)
            {
                int right = Math.Min(left + modules.Shape[1], columns) - 1;
                Add(gaps, new PixelArea(0, rows - 1, right + 1, Math.Min(right + modules.Gap[1], columns - 1)));
                Add(wide, new PixelArea(0, rows - 1, left, left + border - 1));
                Add(wide, new PixelArea(0, rows - 1, right - border + 1, right));
                foreach (IReadOnlyList<int> range in modules.WideColumns)
                {
                    Add(wide, new PixelArea(0, rows - 1, left + range[0], Math.Min(left + range[1], columns - 1)));
                }
            }
        }

        return new DetectorLayout
        {
            Name = name,
            Family = content.Family,
            Rows = rows,
            Columns = columns,
            Gaps = gaps,
            Wide = wide,
            FoundAs = content.FoundAs,
            Source = content.Source,
            Remarks = content.Remarks,
        };
    }

    // Where modules begin along an axis.
    private static int[] Starts(int module, int gap, int length) =>
        [.. Enumerable.Range(0, ((length - 1) / (module + gap)) + 1).Select(i => i * (module + gap))];

    private static void Add(List<PixelArea> areas, PixelArea area)
    {
        if (area.FirstRow <= area.LastRow && area.FirstColumn <= area.LastColumn)
        {
            areas.Add(area);
        }
    }

    private sealed record Content
    {
        public required string Family { get; init; }

        public IReadOnlyList<string> FoundAs { get; init; } = [];

        public Modules? Modules { get; init; }

        public required IReadOnlyDictionary<string, Variant> Variants { get; init; }

        public required string Source { get; init; }

        public string Remarks { get; init; } = "";
    }

    private sealed record Modules
    {
        [JsonRequired]
        public IReadOnlyList<int> Shape { get; init; } = [];

        [JsonRequired]
        public IReadOnlyList<int> Gap { get; init; } = [];

        public int Border { get; init; }

        public IReadOnlyList<IReadOnlyList<int>> WideColumns { get; init; } = [];
    }

    private sealed record Variant
    {
        [JsonRequired]
        public IReadOnlyList<int> Shape { get; init; } = [];

        public IReadOnlyList<IReadOnlyList<int>> WideRows { get; init; } = [];

        public IReadOnlyList<IReadOnlyList<int>> WideColumns { get; init; } = [];

        public IReadOnlyList<IReadOnlyList<int>> WideAreas { get; init; } = [];
    }
}
