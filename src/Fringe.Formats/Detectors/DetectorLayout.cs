using Fringe.Core.Preparation;

namespace Fringe.Formats.Detectors;

/// <summary>What a detector's definition file says (docs/geometry.md): its size, and which of its pixels do not measure by its build.</summary>
public sealed record DetectorLayout
{
    public required string Name { get; init; }

    /// <summary>Detectors of one build in several sizes.</summary>
    public required string Family { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Between modules: no photon is counted there.</summary>
    public required IReadOnlyList<PixelArea> Gaps { get; init; }

    /// <summary>Larger than other pixels, beside such, or filled by the detector's program: their counts are not their own.</summary>
    public required IReadOnlyList<PixelArea> Wide { get; init; }

    /// <summary>Words that files name it by; each entry's words stand together.</summary>
    public required IReadOnlyList<string> FoundAs { get; init; }

    /// <summary>The public definitions this one was made from.</summary>
    public required string Source { get; init; }

    /// <summary>Where the sources differ, and what to look out for; may be empty.</summary>
    public required string Remarks { get; init; }

    /// <summary>The pixels of the whole detector.</summary>
    public DetectorMask ToMask() =>
        new()
        {
            Name = Name,
            Rows = Rows,
            Columns = Columns,
            Gaps = Pixels(Gaps),
            Wide = Pixels(Wide),
        };

    private bool[] Pixels(IReadOnlyList<PixelArea> areas)
    {
        bool[] pixels = new bool[Rows * Columns];
        foreach (PixelArea area in areas)
        {
            for (int row = area.FirstRow; row <= area.LastRow; row++)
            {
                pixels.AsSpan((row * Columns) + area.FirstColumn, area.LastColumn - area.FirstColumn + 1).Fill(true);
            }
        }

        return pixels;
    }
}
