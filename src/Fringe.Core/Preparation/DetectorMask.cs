namespace Fringe.Core.Preparation;

/// <summary>Which pixels of a whole detector do not measure by its build: gaps between modules, and pixels that are larger than the others.</summary>
public sealed record DetectorMask
{
    /// <summary>The detector's name.</summary>
    public required string Name { get; init; }

    /// <summary>Pixels along a column.</summary>
    public required int Rows { get; init; }

    /// <summary>Pixels along a row.</summary>
    public required int Columns { get; init; }

    /// <summary>true between modules, where no photon is counted: C order, <c>[row, column]</c>.</summary>
    public required bool[] Gaps { get; init; }

    /// <summary>true where counts belong to more than a pixel's area, or are made up: C order, <c>[row, column]</c>.</summary>
    public required bool[] Wide { get; init; }

    /// <summary>The file said so and nobody asked for it: where the frames speak against it, it is left out.</summary>
    public bool IsAssumed { get; init; }
}
